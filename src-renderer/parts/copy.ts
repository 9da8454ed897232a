import { fail } from '../../src-preload/contract/result.ts'
import { tellCopied, tellError } from '../state/notices.ts'

/** Puts `text` on the clipboard and says so. */
export const copyText = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    tellCopied(text)
  } catch {
    tellError(fail('not-allowed', 'navigator.clipboard').error)
  }
}
