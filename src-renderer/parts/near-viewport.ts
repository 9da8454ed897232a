/** Pixels outside the window from which on something will soon be seen: half a screen of scrolling. */
const margin = '320px'

const listeners = new WeakMap<Element, (isNear: boolean) => void>()

let observer: IntersectionObserver | null = null
const shared = (): IntersectionObserver =>
  (observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting)
    },
    { rootMargin: margin, scrollMargin: margin },
  ))

/** Tells whether an element is in the window or almost, now and at each change. Answers how to stop. */
export const watchNear = (element: Element, listener: (isNear: boolean) => void): (() => void) => {
  listeners.set(element, listener)
  shared().observe(element)
  return () => {
    listeners.delete(element)
    shared().unobserve(element)
  }
}
