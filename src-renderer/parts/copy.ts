import { fail } from '../../src-preload/contract/result.ts'
import { tellCopied, tellError } from '../state/notices.ts'

/** Puts `text` on the clipboard and says so, as `told` where the text itself is too long to be read. */
export const copyText = async (text: string, told = text): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    tellCopied(told)
  } catch {
    tellError(fail('not-allowed', 'navigator.clipboard').error)
  }
}
