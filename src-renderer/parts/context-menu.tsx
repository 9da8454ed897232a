import type { LucideIcon } from 'lucide-react'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { Menu, MenuItem, Popover, Text } from 'react-aria-components'
import './context-menu.css'

export type MenuAction = {
  readonly id: string
  readonly icon: LucideIcon
  readonly label: string
  readonly act: () => void
}

/** Where a menu was asked for: a point of the window, in pixels. */
export type MenuPoint = { readonly x: number; readonly y: number }

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
          {actions.map(({ id, icon: Icon, label: text }) => (
            <MenuItem key={id} id={id} className="menu-item" textValue={text}>
              <Icon size={16} aria-hidden />
              <Text slot="label">{text}</Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </>
  )
}
