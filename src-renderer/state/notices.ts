import { create } from 'zustand'
import type { KinoraError } from '../../src-preload/contract/result.ts'

/** Something that a person should know now and need not answer. */
export type Notice =
  { readonly id: number; readonly error: KinoraError } | { readonly id: number; readonly copied: string }

type Notices = {
  readonly notices: readonly Notice[]
  readonly dismiss: (id: number) => void
}

let nextId = 1
const shownMilliseconds = 6000

/** What was just refused or done, for some seconds. */
export const useNotices = create<Notices>((set) => ({
  notices: [],
  dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
}))

const show = (notice: Notice): void => {
  useNotices.setState(({ notices }) => ({ notices: [...notices.slice(-2), notice] }))
  setTimeout(() => useNotices.getState().dismiss(notice.id), shownMilliseconds)
}

/** Tells of an action that failed; one that the person cancelled is no news. */
export const tellError = (error: KinoraError): void => {
  if (error.code !== 'cancelled') show({ id: nextId++, error })
}

export const tellCopied = (text: string): void => show({ id: nextId++, copied: text })
