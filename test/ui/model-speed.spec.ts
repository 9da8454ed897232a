import { button, card, openModels } from './model-page.ts'
import { expect, test } from './page-test.ts'
import { usualScenario } from './scenario.ts'

test('the speed test: one at a time, can be stopped, and tells what it found', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.testMilliseconds = 60_000
  await open(scenario)
  await openModels(page)
  const palette = card(page, 'Palette')
  await button(palette, 'Speed test').press('Enter')
  await expect(palette.getByRole('status')).toHaveText('Measuring on everything this machine has…')
  await expect(button(card(page, 'Concept'), 'Speed test')).toBeDisabled()
  await button(palette, 'Cancel').click()
  await expect(palette.getByRole('status')).toHaveCount(0)
  await expect(page.locator('.notice')).toHaveCount(0)

  scenario.testMilliseconds = 50
  await button(palette, 'Speed test').press('Enter')
  await expect(palette.getByRole('status')).toHaveText('Processor (CPU): 42 pictures a second.')
  const table = palette.getByRole('table', { name: 'Speed test of Palette' })
  await expect(table.getByRole('row').nth(1)).toContainText('NVIDIA graphics card (CUDA)')
  await expect(table.getByRole('row').nth(1)).toContainText('not there')
  await expect(table.getByRole('row').nth(2)).toContainText('computes wrong118')
  await expect(table.getByRole('row').nth(3)).toContainText('In use')
  await expect(table.getByRole('row').nth(3)).toContainText('computes right42')
  await expect(palette.locator('.model-facts')).toContainText('42 pictures a second')
})

test('why am I on the CPU?', async ({ page, open }) => {
  const scenario = usualScenario()
  await open(scenario)
  await openModels(page)
  const trigger = page.getByRole('button', { name: 'Why am I on the CPU?' })
  await expect(trigger).toHaveAttribute('aria-expanded', 'false')
  await trigger.press('Enter')
  const table = page.getByRole('table', { name: 'What Kinora computes on' })
  await expect(table.getByRole('row')).toHaveCount(4)
  await expect(table).toContainText('every picture gave the same vector')
  await expect(table).toContainText('libcudart.so.12: cannot open shared object file')

  scenario.providers = scenario.providers.map((state) => ({ ...state, chosen: state.provider === 'webgpu' }))
  await page.reload()
  await page.locator('.shell').waitFor()
  await openModels(page)
  await expect(
    page.getByRole('button', { name: 'What Kinora computes on: Graphics card (WebGPU)' }),
  ).toBeVisible()
})
