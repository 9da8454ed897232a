/**
 * Opens the menu of what has the focus, as a right click on it would: a list's row, the timeline, or else the film's
 * picture. Only some systems tell the page of a menu key by themselves.
 */
export const openMenuByKey = (picture: Element | null): void => {
  const focused = document.activeElement?.closest('[data-row], [data-line], .timeline') ?? null
  const target = focused ?? picture
  if (target === null) return
  const { left, top, width, height } = target.getBoundingClientRect()
  const point = { clientX: left + width / 2, clientY: top + height / 2 }
  target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...point }))
}
