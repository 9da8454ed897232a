import type { Model } from '../../src-preload/contract/nouns.ts'

/** What has just become of a model: for those who hear the window. */
export type ModelNews = {
  readonly kind: 'begun' | 'quarter' | 'here' | 'failed' | 'stopped' | 'answers' | 'waits'
  readonly model: Model
  /** Of a download, in whole quarters: 0, 0.25, 0.5, 0.75. */
  readonly share: number
}

/** A download's share, in quarters: nobody wants every number read. */
const quarters = ({ download }: Model): number =>
  download === null || download.total === 0 ? 0 : Math.floor((download.bytes / download.total) * 4) / 4

const kindOf = (before: Model, now: Model): ModelNews['kind'] | null => {
  if (now.current && !before.current) return 'answers'
  if (now.next && !before.next) return 'waits'
  const was = before.state === 'downloading'
  const is = now.state === 'downloading'
  if (is && !was) return 'begun'
  if (is) return quarters(now) > quarters(before) ? 'quarter' : null
  if (!was) return null
  if (now.state === 'ready') return 'here'
  return now.downloadError === null ? 'stopped' : 'failed'
}

/** The most important change from one list of models to the next, or null. */
export const modelNews = (before: readonly Model[], now: readonly Model[]): ModelNews | null => {
  const news = now.flatMap((model) => {
    const old = before.find(({ id }) => id === model.id)
    const kind = old === undefined ? null : kindOf(old, model)
    return kind === null ? [] : [{ kind, model, share: quarters(model) }]
  })
  return news.find(({ kind }) => kind !== 'quarter') ?? news[0] ?? null
}
