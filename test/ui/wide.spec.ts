import { openModels } from './model-page.ts'
import { expect, expectAccessible, test } from './page-test.ts'
import { usualScenario, widePictures } from './scenario.ts'

test('each way of seeing wide pictures tells its cost before it is chosen, by keyboard too', async ({
  page,
  open,
}) => {
  const double = await open()
  await openModels(page)
  const group = page.getByRole('radiogroup', { name: 'Wide pictures' })
  const [middle, smaller, ends] = ['The middle', 'All of it, smaller', 'Middle and both ends'].map((name) =>
    group.getByRole('radio', { name: new RegExp(`^${name}`) }),
  )
  await expect(middle!).toBeChecked()
  await expect(group).toContainText('1 picture each')
  await expect(group).toContainText(
    '1 picture each · looks at 58 films anew · about 11 minutes of work · measured here',
  )
  await expect(group).toContainText(
    '3 pictures each · looks at 58 films anew · about 31 minutes of work · measured here',
  )
  await expectAccessible(page)
  await middle!.focus()
  await page.keyboard.press('ArrowDown')
  await expect(smaller!).toBeChecked()
  expect(double.scenario.wide.mode).toBe('letterbox')
  await expect(group).toContainText('58 films left to look at')
  await page.keyboard.press('ArrowDown')
  await expect(ends!).toBeChecked()
  expect(double.scenario.wide.mode).toBe('views')
  await expect(page.getByRole('region', { name: 'Wide pictures' })).toContainText('Concept looks at squares')
})

test('what is left to do is told anew when a film has been looked at', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.wide = widePictures('views')
  const double = await open(scenario)
  await openModels(page)
  const group = page.getByRole('radiogroup', { name: 'Wide pictures' })
  await expect(group).toContainText('58 films left to look at')
  scenario.wide = {
    ...scenario.wide,
    choices: scenario.wide.choices.map((choice) =>
      choice.mode === 'views' ? { ...choice, films: 1, seconds: 30 } : choice,
    ),
  }
  double.emit('change', { kind: 'video-ready', videoId: scenario.videos[0]?.id ?? '', path: '/x' })
  await expect(group).toContainText('1 film left to look at')
})

test('a model that sees pictures whole has nothing to choose', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.wide = { ...scenario.wide, model: 'palette', crops: false }
  await open(scenario)
  await openModels(page)
  await expect(page.getByText('Palette sees every picture whole.')).toBeVisible()
  await expect(page.getByRole('radiogroup', { name: 'Wide pictures' })).toHaveCount(0)
})
