import type { ReactElement } from 'react'
import { FieldError, Input, Label, TextField } from 'react-aria-components'
import './field.css'

type FieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Why the value cannot be taken; null where it can. */
  readonly error?: string | null
  readonly maxLength?: number
}

/** One line to write in. What stands in it is selected when it appears: whoever wants another text just types. */
export const Field = ({ label, value, onChange, error = null, maxLength }: FieldProps): ReactElement => (
  <TextField
    className="field"
    value={value}
    onChange={onChange}
    isInvalid={error !== null}
    autoFocus
    {...(maxLength === undefined ? {} : { maxLength })}
  >
    <Label>{label}</Label>
    <Input onFocus={({ currentTarget }) => currentTarget.select()} spellCheck={false} autoComplete="off" />
    <FieldError>{error}</FieldError>
  </TextField>
)
