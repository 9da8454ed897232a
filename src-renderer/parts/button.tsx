import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import './button.css'

type ButtonProps = {
  readonly children: ReactNode
  readonly icon?: LucideIcon
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly isDisabled?: boolean
  readonly autoFocus?: boolean
  readonly onPress: () => void
}

/** A button with words. */
export const Button = ({
  children,
  icon: Icon,
  kind = 'plain',
  onPress,
  ...rest
}: ButtonProps): ReactElement => (
  <AriaButton className={`button button-${kind}`} onPress={onPress} {...rest}>
    {Icon && <Icon size={16} aria-hidden />}
    {children}
  </AriaButton>
)

type IconButtonProps = {
  readonly icon: LucideIcon
  /** Name for screen readers and the tooltip. */
  readonly label: string
  /** Shown behind the name in the tooltip. */
  readonly keys?: string
  readonly isDisabled?: boolean
  readonly isOn?: boolean
  readonly size?: 'small' | 'medium' | 'large'
  /** Not given where it opens what the trigger around it holds. */
  readonly onPress?: () => void
}

/** A button with a picture; its name shows when it is pointed at or focused. */
export const IconButton = (props: IconButtonProps): ReactElement => {
  const { icon: Icon, label, keys, size = 'medium', isOn, onPress, isDisabled = false } = props
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        className={`icon-button icon-button-${size}`}
        aria-label={label}
        isDisabled={isDisabled}
        {...(onPress === undefined ? {} : { onPress })}
        {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
      >
        <Icon size={size === 'large' ? 22 : size === 'small' ? 14 : 18} aria-hidden />
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
        {keys !== undefined && <kbd>{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
