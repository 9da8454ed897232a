import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { takeTurn } from './frame-turns.ts'
import { watchNear } from './near-viewport.ts'

/**
 * Loads `address` into `image` once it is near the window and its turn has come, and calls `onReady` when it can be
 * drawn at once. Scrolled away before that, it is not wanted any more. Answers how to stop; nothing is called after.
 */
const load = (image: HTMLImageElement, address: string, onReady: () => void): (() => void) => {
  let giveBack: (() => void) | null = null
  const forget = (): void => {
    giveBack?.()
    giveBack = null
  }
  const leave = (): void => {
    if (giveBack === null) return
    // Without an address the engine drops the request, and the host the work.
    image.removeAttribute('src')
    forget()
  }
  const stopWatching = watchNear(image, (isNear) => {
    if (!isNear) leave()
    else giveBack ??= takeTurn(() => image.setAttribute('src', address))
  })
  const end = (): void => {
    stopWatching()
    forget()
  }
  image.onload = () => {
    end()
    // What cannot be decoded stays what it was.
    image.decode().then(onReady, () => undefined)
  }
  image.onerror = end
  return () => {
    image.onload = null
    image.onerror = null
    stopWatching()
    leave()
  }
}

/** A frame of a film over what stands for it until it is there; nothing where it cannot be had. Give it its address as key. */
export const SharpFrame = ({ address }: { readonly address: string }): ReactElement => {
  const image = useRef<HTMLImageElement>(null)
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    const { current } = image
    if (current === null) return
    return load(current, address, () => setReady(true))
  }, [address])
  return (
    <img
      ref={image}
      className={isReady ? 'frame-sharp frame-sharp-on' : 'frame-sharp'}
      alt=""
      decoding="async"
      draggable={false}
    />
  )
}
