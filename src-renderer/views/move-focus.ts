type Centre = { readonly x: number; readonly y: number }

const centreOf = (element: Element): Centre => {
  const box = element.getBoundingClientRect()
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}

/** Sideways steps count more than steps along the key's own way, so that rows and columns are kept. */
const sideways = 3

/** Focuses the element of `selector` that lies next to `from` in the direction of an arrow key; false where none does. */
export const moveFocus = (
  container: HTMLElement,
  selector: string,
  from: HTMLElement,
  key: string,
): boolean => {
  const all = [...container.querySelectorAll<HTMLElement>(selector)]
  if (key === 'Home' || key === 'End') {
    all.at(key === 'Home' ? 0 : -1)?.focus()
    return all.length > 0
  }
  const own = centreOf(from)
  const distance = (element: HTMLElement): number => {
    const { x, y } = centreOf(element)
    const [dx, dy] = [x - own.x, y - own.y]
    switch (key) {
      case 'ArrowLeft':
        return dx < -1 && Math.abs(dy) < 40 ? -dx : Infinity
      case 'ArrowRight':
        return dx > 1 && Math.abs(dy) < 40 ? dx : Infinity
      case 'ArrowUp':
        return dy < -40 ? -dy + sideways * Math.abs(dx) : Infinity
      case 'ArrowDown':
        return dy > 40 ? dy + sideways * Math.abs(dx) : Infinity
      default:
        return Infinity
    }
  }
  const best = all.reduce<{ readonly element: HTMLElement | null; readonly at: number }>(
    (nearest, element) => {
      const at = distance(element)
      return at < nearest.at ? { element, at } : nearest
    },
    { element: null, at: Infinity },
  )
  best.element?.focus()
  return best.element !== null
}
