import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { filmTime } from './page-test.ts'

/** Opens the first film at its first moment for `query` (8.5 s), standing, and waits for what comes after it. */
export const openMoment = async (page: Page, query = 'dog on a beach'): Promise<void> => {
  await page.getByRole('combobox').fill(query)
  await page.locator('.moment').first().click()
  await filmTime(page)
  await expect(page.locator('.timeline-curve')).toBeVisible()
}

/** Opens the first film of the library by its tile, standing at its beginning. */
export const openTile = async (page: Page): Promise<void> => {
  await page.getByRole('gridcell').first().click()
  await filmTime(page)
  await page.locator('video').evaluate((element) => {
    const video = element as HTMLVideoElement
    video.pause()
    video.currentTime = 0
  })
  await filmTime(page)
}

export const playsNow = (page: Page): Promise<boolean> =>
  page.locator('video').evaluate((element) => !(element as HTMLVideoElement).paused)

/** Moves the film as its own clock would, without touching anything of the page. */
export const moveTo = async (page: Page, seconds: number): Promise<void> => {
  await page.locator('video').evaluate((element, to) => {
    ;(element as HTMLVideoElement).currentTime = to
  }, seconds)
  await filmTime(page)
}

/** Presses Tab until `target` has the focus. */
export const tabTo = async (page: Page, target: Locator, key = 'Tab'): Promise<void> => {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} never reached its target`)
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export const boxOf = async (target: Locator): Promise<Box> => {
  const box = await target.boundingBox()
  if (box === null) throw new Error('it is not shown')
  return box
}

/**
 * What is drawn in a part of the window, column by column from the left: for each the first row from the top whose
 * colour `is` as asked, or -1. `accent`: amber; `light`: anything brighter than the ground of the player.
 */
export const topOf = async (page: Page, clip: Box, is: 'accent' | 'light'): Promise<readonly number[]> => {
  const picture = (await page.screenshot({ clip })).toString('base64')
  const reader = await page.context().newPage()
  try {
    return await reader.evaluate(
      async ([source, wanted]) => {
        const image = new Image()
        image.src = `data:image/png;base64,${source}`
        await image.decode()
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
        if (context === null) return []
        context.drawImage(image, 0, 0)
        const { data } = context.getImageData(0, 0, image.width, image.height)
        const isIt = (at: number): boolean => {
          const [red = 0, , blue = 0] = data.subarray(at, at + 3)
          return wanted === 'accent' ? red - blue > 70 : red > 55
        }
        return Array.from({ length: image.width }, (_, x) => {
          for (let y = 0; y < image.height; y += 1) if (isIt((y * image.width + x) * 4)) return y
          return -1
        })
      },
      [picture, is] as const,
    )
  } finally {
    await reader.close()
  }
}
