import { expect, test } from './page-test.ts'
import { boxOf, moveTo, openMoment, topOf } from './player-page.ts'
import { spokenLines, wrongLines } from './spoken-lines.ts'
import { usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const spoken = (subtitles = spokenLines()): Scenario => ({ ...usualScenario(), subtitles })

test('captions by key: every line that is spoken, over the picture and above the controls', async ({
  page,
  open,
}) => {
  await open(spoken())
  await openMoment(page)
  const captions = page.locator('.captions')
  await expect(captions).toHaveCount(0)
  await page.keyboard.press('c')
  await expect(page.locator('.player-note')).toHaveText('Captions: English · Beach day.en.srt')
  await expect(captions.locator('p')).toHaveText(['Look at the waves!', '(waves breaking)'])
  const [stage, deck, box] = [
    await boxOf(page.locator('.stage')),
    await boxOf(page.locator('.player-deck')),
    await boxOf(captions),
  ]
  expect(box.y).toBeGreaterThan(stage.y + stage.height / 2)
  expect(box.y + box.height).toBeLessThanOrEqual(deck.y)
  // As it is drawn: white letters on a dark ground of their own.
  const line = await boxOf(captions.locator('p span').first())
  const clip = { x: line.x + 2, y: line.y + 6, width: line.width - 4, height: line.height - 12 }
  const lit = (await topOf(page, clip, 'light')).filter((top) => top >= 0).length
  expect(lit).toBeGreaterThan(clip.width / 4)

  await moveTo(page, 11)
  await expect(captions.locator('p')).toHaveText(['A dog!'])
  await moveTo(page, 13.6)
  await expect(captions, 'nobody speaks').toHaveCount(0)
  await moveTo(page, 8.5)
  await page.keyboard.press('c')
  await expect(captions).toHaveCount(0)
})

test('the menu chooses track and size, by keys; both are kept', async ({ page, open }) => {
  await open(spoken())
  await openMoment(page)
  const button = page.getByRole('button', { name: 'Captions', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio', { name: 'Off' })).toHaveAttribute('aria-checked', 'true')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.locator('.captions p').first()).toHaveText('Schau, die Wellen!')
  const medium = await boxOf(page.locator('.captions p span').first())
  await expect(button).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  // The menu stays, so that the size can be seen and chosen again.
  await expect(page.getByRole('menuitemradio', { name: 'Large' })).toHaveAttribute('aria-checked', 'true')
  expect((await boxOf(page.locator('.captions p span').first())).height).toBeGreaterThan(medium.height)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.reload()
  await openMoment(page)
  await expect(page.locator('.captions-large')).toBeVisible()
})

test('lines of another film are not shown by themselves, but when they are asked for', async ({
  page,
  open,
}) => {
  await page.addInitScript(() => localStorage.setItem('kinora.preferences', '{"isCaptioned":true}'))
  await open(spoken(wrongLines()))
  await openMoment(page)
  await page.getByRole('tab', { name: 'Transcript' }).click()
  await expect(page.locator('.line').first()).toBeVisible()
  await expect(page.locator('.captions')).toHaveCount(0)
  await page.keyboard.press('c')
  await expect(page.locator('.captions')).toHaveText('They have found us.')
})

test('over the whole screen captions stand above the controls, and come down when these go', async ({
  page,
  open,
}) => {
  await open(spoken())
  await openMoment(page)
  await page.keyboard.press('c')
  await expect(page.locator('.captions')).toBeVisible()
  await page.keyboard.press('f')
  await expect(page.locator('.player-full')).toBeVisible()
  await expect(page.locator('.side')).toBeHidden()
  const deck = await boxOf(page.locator('.timeline'))
  const raised = await boxOf(page.locator('.captions'))
  expect(raised.y + raised.height).toBeLessThanOrEqual(deck.y)
  await page.keyboard.press(' ')
  await expect(page.locator('.player-resting')).toBeVisible({ timeout: 15_000 })
  await expect(page.locator('.player-deck')).toHaveCSS('opacity', '0')
  await page.mouse.move(300, 300)
  await expect(page.locator('.player-resting')).toHaveCount(0)
  await page.keyboard.press('f')
  await expect(page.locator('.player-full')).toHaveCount(0)
})
