import type { IndexProgress, IndexSummary, LibraryChange } from '../../src-preload/contract/nouns.ts'
import type { StageName } from '../../src-preload/contract/stage-names.ts'
import { stageNames } from '../../src-preload/contract/stage-names.ts'
import type { Command_ } from './command.ts'
import { clockTime, counted } from './lines.ts'
import { exitStatus } from './output.ts'

export type IndexOptions = { readonly stage?: StageName; readonly model?: string }

const paceWords = { full: null, slow: 'slowly, on battery', paused: 'resting while you work' } as const

const progressLine = (progress: IndexProgress): string =>
  [
    progress.scanning > 0 ? 'looking for films' : null,
    counted(progress.jobsLeft, 'job') + ' left',
    progress.speed === null ? null : `${progress.speed.toFixed(1)} x realtime`,
    progress.secondsLeft === null ? null : `${clockTime(progress.secondsLeft)} to go`,
    paceWords[progress.pace],
    progress.problems > 0 ? counted(progress.problems, 'problem') : null,
    progress.current[0] ?? null,
  ]
    .filter((part) => part !== null)
    .join(' · ')

type RunsOn = IndexProgress['runsOn']

const analysisLines = (summary: IndexSummary, runsOn: RunsOn): readonly string[] => {
  if (summary.decodedSeconds === 0) return []
  const times = (summary.decodedSeconds / Math.max(summary.seconds, 0.001)).toFixed(1)
  const machine = runsOn === null ? '' : ` (decoder: ${runsOn.decoder}; encoder: ${runsOn.encoder})`
  return [
    `  ${clockTime(summary.decodedSeconds)} of film analyzed, ${times} x realtime${machine}:` +
      ` ${summary.decodeSeconds.toFixed(1)} s decoding, ${summary.embedSeconds.toFixed(1)} s embedding,` +
      ` ${summary.waitSeconds.toFixed(1)} s waiting`,
  ]
}

const summaryLines = (summary: IndexSummary, runsOn: RunsOn): readonly string[] => [
  `${counted(summary.videos, 'video')} in the library, ${summary.indexed} worked on in ${summary.seconds.toFixed(1)} s` +
    ` (${clockTime(summary.videoSeconds)} of film, ${counted(summary.framesEmbedded, 'frame')} embedded).`,
  ...stageNames.flatMap((stage) => {
    const count = summary.stages[stage]
    return count === undefined || count.done + count.failed === 0
      ? []
      : [`  ${stage}: ${count.done} done, ${count.failed} failed, ${count.seconds.toFixed(1)} s of work`]
  }),
  ...analysisLines(summary, runsOn),
  ...(summary.ignored.length === 0
    ? []
    : [`  not looked at: ${summary.ignored.map(({ rule, count }) => `${count} ${rule}`).join(', ')}`]),
  ...(summary.problems === 0 ? [] : [`${counted(summary.problems, 'problem')}; see: kinora problems`]),
]

/** `index`: scan, then every missing job until none is left. */
export const indexCommand =
  (options: IndexOptions): Command_ =>
  async ({ ask, output, signal }) => {
    let runsOn: RunsOn = null
    const summary = await ask((client) => {
      client.on('progress', (progress) => {
        runsOn = progress.runsOn
        output.progress(progressLine(progress))
      })
      return client.call.index.run(options, { signal })
    })
    if (!summary.ok) return output.failure(summary)
    const document = { ...summary.value, runsOn }
    output.answer(document, () => summaryLines(summary.value, runsOn))
    return summary.value.problems > 0 ? exitStatus.doneWithProblems : exitStatus.done
  }

const changeLine = (change: LibraryChange): string | null => {
  switch (change.kind) {
    case 'video-added':
      return null // it is told when it can be found
    case 'video-ready':
      return `ready    ${change.path}`
    case 'location-found':
      return `found    ${change.path}`
    case 'subtitles':
      return `lines    ${change.path}`
    case 'location-gone':
      return `gone     ${change.path}`
    case 'problem':
      return `problem  ${change.path}: ${change.code}`
    case 'folder':
      return `folder   ${change.path}: ${change.online ? 'online' : 'offline'}${change.watching === null ? '' : `, followed by ${change.watching}`}`
    case 'models':
    case 'collections':
    case 'marks':
      return null // who wants to know asks for the list
    case 'idle':
      return `idle     ${counted(change.videos, 'video')}, ${counted(change.problems, 'problem')}`
  }
}

/** `watch`: the same, then stays and follows the folders; Ctrl-C ends it. */
export const watchCommand =
  (options: IndexOptions): Command_ =>
  async ({ ask, output, signal }) => {
    const summary = await ask((client) => {
      client.on('change', (change) => output.event(change, changeLine(change)))
      return client.call.index.follow(options, { signal })
    })
    if (summary.ok || summary.error.code === 'cancelled') return exitStatus.done
    return output.failure(summary)
  }
