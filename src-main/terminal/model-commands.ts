import { resolve } from 'node:path'
import type { Model, ProviderState } from '../../src-preload/contract/nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Command_ } from './command.ts'
import { byteSize, clockTime, counted, withAdvice } from './lines.ts'
import type { Output } from './output.ts'
import { exitStatus } from './output.ts'
import type { LibraryClient } from './session.ts'

export type ModelAction =
  | { readonly verb: 'list' }
  /** `as`: the files of that model of the registry; else a folder with a model.json. */
  | {
      readonly verb: 'add'
      readonly directory: string
      readonly as: string | null
      readonly licence: boolean
    }
  | { readonly verb: 'use'; readonly id: string; readonly now: boolean }
  | { readonly verb: 'get' | 'remove' | 'drop'; readonly id: string }

const act = (
  client: LibraryClient,
  action: ModelAction,
  signal: AbortSignal,
): Promise<Result<readonly Model[]>> => {
  const { models } = client.call
  switch (action.verb) {
    case 'list':
      return models.list({})
    case 'add': {
      const directory = resolve(action.directory)
      return action.as === null
        ? models.add({ directory, licence: action.licence })
        : models.sideLoad({ id: action.as, directory }, { signal })
    }
    case 'use':
      return models.use({ id: action.id, now: action.now })
    case 'get':
      return models.get({ id: action.id }, { signal })
    case 'remove':
      return models.remove({ id: action.id })
    case 'drop':
      return models.dropVectors({ id: action.id })
  }
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`

const downloadLine = ({ id, download }: Model): string | null => {
  if (download === null) return null
  const { bytes, total, speed, secondsLeft } = download
  return [
    `${id}: ${byteSize(bytes)} of ${byteSize(total)}`,
    ...(speed === null ? [] : [`${byteSize(Math.round(speed))}/s`]),
    ...(secondsLeft === null ? [] : [`${clockTime(secondsLeft)} left`]),
  ].join(' · ')
}

/** Tells of a download while `act` lasts. */
const showDownload = (client: LibraryClient, id: string, output: Output): (() => void) => {
  let asking = false
  const show = async (): Promise<void> => {
    const models = await client.call.models.list({})
    asking = false
    const model = models.ok ? models.value.find((one) => one.id === id) : undefined
    const line = model === undefined ? null : downloadLine(model)
    if (line !== null) output.progress(line)
  }
  return client.on('change', ({ kind }) => {
    if (kind !== 'models' || asking) return
    asking = true
    show().catch(() => undefined)
  })
}

const costLine = ({ cost, state }: Model): readonly string[] => {
  if (cost === null || cost.films === 0 || state === 'broken') return []
  const time =
    cost.seconds === null
      ? ''
      : `, about ${clockTime(cost.seconds)}${cost.measured ? '' : ' (guessed)'} of work`
  return [
    `this library: ${counted(cost.films, 'film')} to look at${time}, ${byteSize(cost.bytes)} of vectors`,
  ]
}

const modelLine = (model: Model): string => {
  const { id, name, licence, state, current, next, bytes, dimensions, description, kind } = model
  const mark = current ? '*' : next ? '>' : ' '
  const facts = [
    byteSize(bytes),
    ...(kind === 'pair' ? [`${dimensions} numbers a frame`] : ['finds cuts']),
    state,
    ...(kind === 'pair' && state === 'ready' && model.coverage > 0
      ? [`has seen ${percent(model.coverage)}`]
      : []),
    ...(next ? ['will answer when it has seen enough'] : []),
    ...(model.parity === 'unverified' ? ['not compared with full precision'] : []),
    ...(model.runsOn === null
      ? []
      : [`${model.runsOn.provider}, ${model.runsOn.picturesPerSecond.toFixed(1)} pictures a second`]),
    ...(model.commercialUse ? [] : ['research only']),
  ]
  const error = model.downloadError
  return [
    `${mark} ${id}: ${name}  ${licence}  ${facts.join(', ')}`,
    ...(description === '' ? [] : [description]),
    ...costLine(model),
    ...(downloadLine(model) === null ? [] : [downloadLine(model) ?? '']),
    ...(error === null ? [] : [`The last download ended: ${withAdvice(error.message, error.advice)}`]),
  ].join('\n      ')
}

/** What to do next. */
const hints = (action: ModelAction, models: readonly Model[]): readonly string[] => {
  const id = 'id' in action ? action.id : null
  const model = models.find((one) => one.id === id)
  switch (action.verb) {
    case 'add':
      return ['Search with one of them: kinora models use ID']
    case 'get':
      return [
        model?.kind === 'shots'
          ? `Find cuts with it: kinora models use ${model.id}`
          : `Search with it: kinora models use ${id ?? 'ID'}`,
      ]
    case 'use':
      if (model?.kind === 'shots') return ['Films are looked through for cuts again by: kinora index']
      return model?.next === true
        ? [
            `${model.id} answers as soon as it has seen enough films: kinora index (at once: kinora models use ${model.id} --now)`,
          ]
        : ['Films without its vectors get them by: kinora index']
    case 'list':
    case 'remove':
    case 'drop':
      return []
  }
}

/** `models [add DIR [--as ID] | get ID | use ID [--now] | remove ID | drop ID]`. */
export const modelsCommand =
  (action: ModelAction): Command_ =>
  async ({ ask, output, signal }) => {
    const models = await ask(async (client) => {
      const stop = action.verb === 'get' ? showDownload(client, action.id, output) : null
      const answer = await act(client, action, signal)
      stop?.()
      return answer
    })
    if (!models.ok) return output.failure(models)
    output.answer({ models: models.value }, () => [
      ...models.value.map(modelLine),
      ...hints(action, models.value),
    ])
    return exitStatus.done
  }

const providerLine = ({ provider, chosen, state, picturesPerSecond, detail }: ProviderState): string =>
  `${chosen ? '*' : ' '} ${provider.padEnd(7)} ${state}` +
  `${picturesPerSecond === null ? '' : `, ${picturesPerSecond.toFixed(1)} pictures a second`}${detail === '' ? '' : `: ${detail}`}`

/** `models test ID`: where it can run and how fast, measured. */
export const modelTestCommand =
  (id: string): Command_ =>
  async ({ ask, output, signal }) => {
    const providers = await ask((client) => client.call.models.test({ id }, { signal }))
    if (!providers.ok) return output.failure(providers)
    output.answer({ providers: providers.value }, () => providers.value.map(providerLine))
    return exitStatus.done
  }
