import { withAdvice } from './lines.ts'
import type { Failure } from '../../src-preload/contract/result.ts'

/** Exit statuses of `cli.md`. */
export const exitStatus = { done: 0, doneWithProblems: 1, wrongUsage: 2, failed: 3 } as const

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]

/** Where a command's words go. With `--json` stdout gets one document and nothing else. */
export type Output = {
  readonly isJson: boolean
  /** The answer: the document with `--json`, else lines for people. */
  readonly answer: (document: unknown, lines: () => readonly string[]) => void
  /** One more line of a stream of events (`watch`). */
  readonly event: (document: unknown, line: string | null) => void
  readonly failure: (failure: Failure) => ExitStatus
  /** A passing line on stderr, overwritten by the next; only where a person looks at a terminal. */
  readonly progress: (line: string) => void
}

/** The words of one run of the program on its standard streams. */
export const createOutput = (
  isJson: boolean,
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
): Output => {
  let passing = false
  const clearPassing = (): void => {
    if (passing) stderr.write('\r\u001b[K')
    passing = false
  }
  const write = (text: string): void => {
    clearPassing()
    stdout.write(`${text}\n`)
  }
  return {
    isJson,
    answer: (document, lines) => {
      if (isJson) write(JSON.stringify(document))
      else for (const line of lines()) write(line)
    },
    event: (document, line) => {
      if (isJson) write(JSON.stringify(document))
      else if (line !== null) write(line)
    },
    failure: ({ error }) => {
      clearPassing()
      if (isJson) stdout.write(`${JSON.stringify({ error })}\n`)
      else stderr.write(`kinora: ${withAdvice(error.message, error.advice)}\n`)
      return error.code === 'bad-arguments' ? exitStatus.wrongUsage : exitStatus.failed
    },
    progress: (line) => {
      if (!stderr.isTTY) return
      stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns || 80) - 1)}`)
      passing = true
    },
  }
}
