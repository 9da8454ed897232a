/**
 * A value that could not be read, and the value that may have been meant ('' where nobody can tell); `name` where it
 * belongs behind another filter.
 */
export type Misread = { readonly message: string; readonly suggestion: string; readonly name?: string }
