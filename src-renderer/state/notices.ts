import { create } from 'zustand'
import type { KinoraError } from '../../src-preload/contract/result.ts'

/** What was just done; `name` says with what. */
export type News =
  | 'copied'
  | 'more-like-this'
  | 'not-this'
  | 'collection-saved'
  | 'collection-deleted'
  | 'history-forgotten'
  | 'no-picture'
  | 'unreadable-picture'

/** Something that a person should know now and need not answer. */
export type Notice =
  | { readonly id: number; readonly error: KinoraError }
  | {
      readonly id: number
      readonly news: News
      readonly name: string
      /** Takes it back. */
      readonly undo: (() => void) | null
    }

type Notices = {
  readonly notices: readonly Notice[]
  readonly dismiss: (id: number) => void
  /** Takes back the last thing that can be. */
  readonly undo: () => void
}

let nextId = 1
const shownMilliseconds = 6000
/** Who wants something back needs a moment to see that it is gone. */
const undoMilliseconds = 12_000

/** What was just refused or done, for some seconds. */
export const useNotices = create<Notices>((set, get) => ({
  notices: [],
  dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  undo: () => {
    const last = get().notices.findLast((notice) => 'undo' in notice && notice.undo !== null)
    if (last === undefined || !('undo' in last)) return
    get().dismiss(last.id)
    last.undo?.()
  },
}))

/** What is said of one answer after the other takes the place of what was said before. */
const isFeedback = (notice: Notice): boolean =>
  'news' in notice && (notice.news === 'more-like-this' || notice.news === 'not-this')

const show = (notice: Notice): void => {
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((one) => !(isFeedback(one) && isFeedback(notice))).slice(-2), notice],
  }))
  const stays = 'undo' in notice && notice.undo !== null ? undoMilliseconds : shownMilliseconds
  setTimeout(() => useNotices.getState().dismiss(notice.id), stays)
}

/** Tells of an action that failed; one that the person cancelled is no news. */
export const tellError = (error: KinoraError): void => {
  if (error.code !== 'cancelled') show({ id: nextId++, error })
}

/** Tells what was done, and how to take it back where that is possible. */
export const tellNews = (news: News, name: string, undo: (() => void) | null = null): void =>
  show({ id: nextId++, news, name, undo })

export const tellCopied = (text: string): void => tellNews('copied', text)
