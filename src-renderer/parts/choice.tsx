import { Check, ChevronDown } from 'lucide-react'
import {
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  RadioButton,
  RadioField,
  RadioGroup,
  Select,
  SelectValue,
} from 'react-aria-components'
import type { ReactElement } from 'react'
import './choice.css'

type ChoiceProps<Id extends string> = {
  readonly label: string
  readonly value: Id
  readonly options: readonly { readonly id: Id; readonly label: string }[]
  readonly onChange: (id: Id) => void
}

/** One of several, in a list that opens. */
export const PickOne = <Id extends string>({
  label,
  value,
  options,
  onChange,
}: ChoiceProps<Id>): ReactElement => (
  <Select
    className="pick"
    aria-label={label}
    value={value}
    onChange={(key) => {
      const chosen = options.find(({ id }) => id === key)
      if (chosen) onChange(chosen.id)
    }}
  >
    <Button className="pick-button">
      <SelectValue />
      <ChevronDown size={14} aria-hidden />
    </Button>
    <Popover className="popover" offset={4} placement="bottom end">
      <ListBox className="list-box">
        {options.map(({ id, label: text }) => (
          <ListBoxItem key={id} id={id} textValue={text} className="menu-item pick-item">
            {({ isSelected }) => (
              <>
                <span>{text}</span>
                {isSelected && <Check size={15} aria-hidden />}
              </>
            )}
          </ListBoxItem>
        ))}
      </ListBox>
    </Popover>
  </Select>
)

/** One of a few, all in sight. */
export const Segments = <Id extends string>({
  label,
  value,
  options,
  onChange,
}: ChoiceProps<Id>): ReactElement => (
  <RadioGroup
    className="segments"
    aria-label={label}
    orientation="horizontal"
    value={value}
    onChange={(key) => {
      const chosen = options.find(({ id }) => id === key)
      if (chosen) onChange(chosen.id)
    }}
  >
    {options.map(({ id, label: text }) => (
      <RadioField key={id} value={id}>
        <RadioButton className="segment">{text}</RadioButton>
      </RadioField>
    ))}
  </RadioGroup>
)
