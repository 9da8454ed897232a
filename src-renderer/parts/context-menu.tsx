import type { LucideIcon } from 'lucide-react'
import { Fragment, useRef } from 'react'
import type { ReactElement } from 'react'
import { Keyboard, Menu, MenuItem, Popover, Separator, Text } from 'react-aria-components'
import './context-menu.css'

export type MenuAction = {
  readonly id: string
  readonly icon: LucideIcon
  readonly label: string
  /** The key that does the same. */
  readonly keys?: string
  /** A line stands above it. */
  readonly isApart?: boolean
  readonly act: () => void
}

/** Where a menu was asked for: a point of the window, in pixels. */
export type MenuPoint = { readonly x: number; readonly y: number }

/** Where a menu for `target` opens: at the pointer, or inside it where a key asked. */
export const menuPointOf = (
  event: { readonly clientX: number; readonly clientY: number },
  target: Element,
): MenuPoint => {
  const box = target.getBoundingClientRect()
  const isByKey = event.clientX === 0 && event.clientY === 0
  return isByKey
    ? { x: box.left + Math.min(16, box.width / 2), y: box.top + Math.min(32, box.height) }
    : { x: event.clientX, y: event.clientY }
}

type ContextMenuProps = {
  readonly label: string
  readonly point: MenuPoint | null
  readonly actions: readonly MenuAction[]
  readonly onClose: () => void
}

/** A menu at the pointer, or at the focused thing where it was asked for by key. */
export const ContextMenu = ({ label, point, actions, onClose }: ContextMenuProps): ReactElement => {
  const anchor = useRef<HTMLSpanElement>(null)
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: point?.x ?? 0, top: point?.y ?? 0 }} />
      <Popover
        className="popover"
        aria-label={label}
        triggerRef={anchor}
        isOpen={point !== null}
        onOpenChange={(open) => !open && onClose()}
        placement="bottom start"
        offset={2}
      >
        <Menu
          className="menu"
          aria-label={label}
          autoFocus="first"
          onAction={(key) => {
            onClose()
            actions.find(({ id }) => id === key)?.act()
          }}
        >
          {actions.map(({ id, icon: Icon, label: text, keys, isApart = false }) => (
            <Fragment key={id}>
              {isApart && <Separator className="menu-line" />}
              <MenuItem id={id} className="menu-item" textValue={text}>
                <Icon size={16} aria-hidden />
                <Text slot="label">{text}</Text>
                {keys !== undefined && <Keyboard>{keys}</Keyboard>}
              </MenuItem>
            </Fragment>
          ))}
        </Menu>
      </Popover>
    </>
  )
}
