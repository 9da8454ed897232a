import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parsedForPeople } from '../domain/parsed-query.ts'
import { parseQuery } from '../domain/query.ts'
import type { Command_ } from './command.ts'
import { counted, searchLines, videoLine, withAdvice, errorLine } from './lines.ts'
import { exitStatus } from './output.ts'

/** `list [--filter QUERY]`. */
export const listCommand =
  (filter: string | undefined): Command_ =>
  async ({ ask, output }) => {
    const videos = await ask((client) => client.call.videos.list(filter === undefined ? {} : { filter }))
    if (!videos.ok) return output.failure(videos)
    const { errors } = parsedForPeople(parseQuery(filter ?? ''))
    output.answer({ videos: videos.value, errors }, () => [
      ...errors.map(errorLine),
      ...videos.value.map(videoLine),
      counted(videos.value.length, 'video'),
    ])
    return exitStatus.done
  }

export type SearchOptions = { readonly limit: number; readonly in?: string }

/** `search QUERY [--limit N] [--in VIDEO]`. */
export const searchCommand =
  (query: string, options: SearchOptions): Command_ =>
  async ({ ask, output }) => {
    const inside =
      options.in === undefined ? {} : { in: existsSync(options.in) ? resolve(options.in) : options.in }
    const answer = await ask((client) =>
      client.call.search.moments({ query, limit: options.limit, ...inside }),
    )
    if (!answer.ok) return output.failure(answer)
    output.answer(answer.value, () => searchLines(answer.value))
    return exitStatus.done
  }

/** `problems [--retry] [--ignored]`. */
export const problemsCommand =
  (options: { readonly retry: boolean; readonly ignored: boolean }): Command_ =>
  async ({ ask, output, signal }) => {
    const answer = await ask(async (client) => {
      if (options.retry) {
        const retried = await client.call.problems.retry({})
        if (!retried.ok) return retried
        const summary = await client.call.index.run({}, { signal })
        if (!summary.ok) return summary
      }
      const problems = await client.call.problems.list({})
      const ignored = await client.call.folders.ignored({})
      if (!problems.ok) return problems
      return ignored.ok ? { ok: true, value: { problems: problems.value, ignored: ignored.value } } : ignored
    })
    if (!answer.ok) return output.failure(answer)
    const { problems, ignored } = answer.value
    const extra = options.ignored ? { ignored } : {}
    output.answer({ problems, ...extra }, () => [
      ...problems.map(
        ({ path, stage, code, message, advice }) =>
          `${path}\n    ${stage}: ${code}: ${withAdvice(message, advice)}`,
      ),
      counted(problems.length, 'problem'),
      ...(options.ignored ? ignored.entries.map(({ path, rule }) => `not looked at (${rule}): ${path}`) : []),
      ...ignored.counts.map(({ rule, count }) => `not looked at, ${rule}: ${count}`),
    ])
    return problems.length > 0 ? exitStatus.doneWithProblems : exitStatus.done
  }

/** `doctor`. */
export const doctorCommand: Command_ = async ({ ask, output }) => {
  const checks = await ask((client) => client.call.doctor.run({}))
  if (!checks.ok) return output.failure(checks)
  output.answer({ checks: checks.value }, () =>
    checks.value.map(
      ({ name, ok, detail, advice }) =>
        `${ok ? 'ok   ' : 'FAULT'}  ${name}: ${detail}${advice === '' ? '' : `\n       ${advice}`}`,
    ),
  )
  return checks.value.every(({ ok }) => ok) ? exitStatus.done : exitStatus.doneWithProblems
}
