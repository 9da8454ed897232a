import { X } from 'lucide-react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './button.tsx'
import './dialog.css'

type DialogProps = {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly width?: 'narrow' | 'wide'
  readonly role?: 'dialog' | 'alertdialog'
  readonly children: ReactNode
}

/** A dialog over the window; Escape and a click beside it close it. */
export const Dialog = ({
  title,
  isOpen,
  onClose,
  width = 'narrow',
  role = 'dialog',
  children,
}: DialogProps): ReactElement => {
  const { t } = useTranslation()
  return (
    <ModalOverlay
      className="dialog-shade"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className={`dialog-box dialog-${width}`}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <IconButton icon={X} label={t('dialog.close')} onPress={onClose} />
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

type ConfirmProps = {
  readonly title: string
  readonly children: ReactNode
  readonly action: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
}

/** Asks before something is taken away. */
export const Confirm = ({
  title,
  children,
  action,
  isOpen,
  onClose,
  onConfirm,
}: ConfirmProps): ReactElement => {
  const { t } = useTranslation()
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} role="alertdialog">
      <div className="dialog-body">{children}</div>
      <footer className="dialog-foot">
        <Button onPress={onClose} autoFocus>
          {t('dialog.cancel')}
        </Button>
        <Button
          kind="danger"
          onPress={() => {
            onClose()
            onConfirm()
          }}
        >
          {action}
        </Button>
      </footer>
    </Dialog>
  )
}
