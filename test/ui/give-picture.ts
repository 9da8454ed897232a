import type { Page } from '@playwright/test'

type Way = 'over' | 'drop' | 'paste'

/**
 * Drags a file over the window, drops it or pastes it, as the browser would. `kind` picture: a PNG that the page itself
 * has drawn, 2,000 pixels wide; else a text of that type, which no browser can read as a picture.
 */
export const givePicture = (page: Page, way: Way, kind = 'picture', name = 'beach.png'): Promise<void> =>
  page.evaluate(
    async ([how, what, fileName]) => {
      const canvas = new OffscreenCanvas(2000, 1200)
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('this page cannot draw')
      context.fillStyle = '#6db7e8'
      context.fillRect(0, 0, 2000, 1200)
      context.fillStyle = '#e8c98a'
      context.fillRect(0, 700, 2000, 500)
      const blob =
        what === 'picture' ? await canvas.convertToBlob() : new Blob(['no picture at all'], { type: what })
      const transfer = new DataTransfer()
      transfer.items.add(new File([blob], fileName, { type: blob.type }))
      const options = { bubbles: true, cancelable: true }
      const target = document.activeElement ?? document.body
      if (how === 'paste') {
        target.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: transfer }))
        return
      }
      document.body.dispatchEvent(new DragEvent('dragenter', { ...options, dataTransfer: transfer }))
      document.body.dispatchEvent(new DragEvent('dragover', { ...options, dataTransfer: transfer }))
      if (how === 'drop')
        document.body.dispatchEvent(new DragEvent('drop', { ...options, dataTransfer: transfer }))
    },
    [way, kind, name] as const,
  )
