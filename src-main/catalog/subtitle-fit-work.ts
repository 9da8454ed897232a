import type { LibraryChange } from '../../src-preload/contract/nouns.ts'
import { calibratedThresholds } from '../domain/calibration.ts'
import { toSingles } from '../domain/float-bytes.ts'
import { hubBank } from '../domain/generic-queries.ts'
import { hubCorrected } from '../domain/hubness.ts'
import { passagesOf } from '../domain/passages.ts'
import { seenAt, subtitleFit } from '../domain/subtitle-fit.ts'
import type { SeenPassage, SubtitleFit } from '../domain/subtitle-fit.ts'
import { drop } from '../foundation/drop.ts'
import type { Log } from '../foundation/log.ts'
import type { EncoderLink } from './encoder-link.ts'
import type { Quiet } from './quiet.ts'
import type { Store } from './store.ts'
import type { UncheckedSubtitle } from './subtitle-fit-rows.ts'

/** Finds out whether subtitles follow the pictures, when there is time. */
export type SubtitleFitWork = {
  /** Lines, vectors or the model that answers have become others: there may be something to compare. */
  readonly news: () => void
  /** Begins in the background where there were news, and nothing of the kind is under way. */
  readonly look: () => void
  /** Settles when nothing is under way. */
  readonly settled: () => Promise<void>
  readonly close: () => void
}

export type SubtitleFitWorkOptions = {
  readonly store: Store
  readonly encoder: EncoderLink
  readonly log: Log
  /** Comparing rests while a person asks. */
  readonly quiet: Pick<Quiet, 'turn'>
  /** Nothing else is to be done now; asked between slices. What was begun is begun anew at the next look. */
  readonly isFree: () => boolean
  readonly tell: (change: LibraryChange) => void
}

/** So many passages of a film are compared, evenly spread: the deviation of tau is then below 0.05. */
const mostPassages = 200
/** Texts a question to the encoder: 0.2 s of ViT-B/32 (text-bank.ts). */
const slice = 8
/** Passages that are scored between two turns: with 7,200 frames x 512 some 10 ms. */
const scoredATurn = 8

type SaidPassage = { readonly start: number; readonly text: string }
/** How the cosines of a model are to be understood: the model's, or what was measured here. */
type Sense = {
  readonly bank: string | null
  readonly typical: number
  readonly sureAmong: (frames: number) => number | null
}

const spread = <T>(list: readonly T[], most: number): readonly T[] =>
  list.length <= most
    ? list
    : Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)]).filter(
        (one) => one !== undefined,
      )

/** See `SubtitleFitWork`. */
export const createSubtitleFitWork = (options: SubtitleFitWorkOptions): SubtitleFitWork => {
  const { store, encoder, log, quiet, isFree, tell } = options
  const { models, vectors } = store
  let running: Promise<void> | null = null
  let closed = false
  let isDue = true
  /** By model: the encoder could not read their lines. Not tried again before the library is opened anew. */
  const failed = new Map<string, Set<number>>()

  const mayGoOn = (model: string): boolean =>
    !closed && store.database.open && isFree() && models.currentId() === model

  const said = ({ id }: UncheckedSubtitle): readonly SaidPassage[] => {
    const lines = store.subtitles.linesOf(id)
    const passages = passagesOf(lines).map(({ from, to }) => ({
      start: lines[from]?.start ?? 0,
      text: lines
        .slice(from, to)
        .map(({ text }) => text.replaceAll('\n', ' '))
        .join(' '),
    }))
    return spread(passages, mostPassages)
  }

  /** Null while nobody knows what this model's cosines mean here, and for one that knows few things: guesses call no file wrong. */
  const senseOf = async (model: string): Promise<Sense | null> => {
    const folder = await models.open(model)
    if (!folder.ok || !store.database.open) return null
    const calibration = store.calibrations.get(model)
    if (calibration?.typical === undefined || calibration.typical === null) return null
    const stated = folder.value.manifest.thresholds
    if (stated !== undefined) return { bank: null, typical: 0, sureAmong: () => stated.good }
    return {
      bank: hubBank(model),
      typical: calibration.typical,
      sureAmong: (frames) => calibratedThresholds(calibration, frames)?.good ?? null,
    }
  }

  /** The vectors of texts, in their order, null for one of which the model knows no word; or why there are none. */
  const embed = async (
    id: string,
    texts: readonly string[],
  ): Promise<readonly (Float32Array | null)[] | 'failed' | 'stopped'> => {
    const place = models.get(id)
    if (place === null) return 'failed'
    const model = { id, directory: place.directory }
    const known: (Float32Array | null)[] = []
    for (let from = 0; from < texts.length; from += slice) {
      await quiet.turn()
      if (!mayGoOn(id)) return 'stopped'
      const some = texts.slice(from, from + slice)
      const embedded = await encoder.ask((client) => client.call.embed.texts({ model, texts: some }))
      if (!embedded.ok) {
        log.warn({ error: embedded.error }, 'a subtitle could not be compared with its film')
        return 'failed'
      }
      known.push(...embedded.value.map((one) => (one.known ? toSingles(one.vector) : null)))
    }
    return known
  }

  /** Where each of the texts is seen; null when others come first, or the film's vectors have gone. */
  const lookUp = async (
    model: string,
    videoId: string,
    passages: readonly SaidPassage[],
    texts: readonly (Float32Array | null)[],
    { bank, typical, sureAmong }: Sense,
  ): Promise<readonly SeenPassage[] | null> => {
    const seen: SeenPassage[] = []
    for (let from = 0; from < passages.length; from += scoredATurn) {
      await quiet.turn()
      if (!mayGoOn(model)) return null
      const some = texts.slice(from, from + scoredATurn)
      const known = some.filter((vector) => vector !== null)
      const found = known.length === 0 ? null : vectors.scores(models.spaceOf(model), videoId, known, bank)
      if (known.length > 0 && found === null) return null
      const sure = found === null ? null : sureAmong(found.times.length)
      const { hub = null, times = [], scores = [] } = found ?? {}
      const rows = scores.map((row) =>
        hub === null ? row : row.map((score, i) => hubCorrected(score, hub[i] ?? typical, typical)),
      )
      let row = 0
      for (const [i, vector] of some.entries()) {
        const start = passages[from + i]?.start ?? 0
        const cosines = vector === null ? undefined : rows[row++]
        seen.push({
          start,
          at: cosines === undefined || sure === null ? 'nowhere' : seenAt(cosines, times, sure),
        })
      }
    }
    return seen
  }

  const keep = (model: string, subtitle: UncheckedSubtitle, found: SubtitleFit): void => {
    const { videoId, path } = subtitle
    if (!store.subtitleFits.put(models.spaceOf(model), subtitle, found)) return
    if (found.fit === subtitle.fit) return
    log.info({ path, videoId, ...found }, 'the order of a subtitle and of the pictures')
    tell({ kind: 'subtitles', videoId, path: path ?? store.locations.reach(videoId)?.path ?? videoId })
  }

  /** Compares one; answers whether it had its turn. */
  const compare = async (
    model: string,
    subtitle: UncheckedSubtitle,
    sense: Sense,
  ): Promise<'done' | 'failed' | 'stopped'> => {
    const passages = said(subtitle)
    const texts = await embed(
      model,
      passages.map(({ text }) => text),
    )
    if (texts === 'stopped' || texts === 'failed') return texts
    const seen = await lookUp(model, subtitle.videoId, passages, texts, sense)
    if (!mayGoOn(model)) return 'stopped'
    // Without vectors now: new ones are news.
    if (seen !== null) keep(model, subtitle, subtitleFit(seen))
    return 'done'
  }

  /** Answers false when it was stopped before its end. */
  const compareAll = async (model: string): Promise<boolean> => {
    const sense = await senseOf(model)
    if (sense === null || !mayGoOn(model)) return false
    const space = models.spaceOf(model)
    const hopeless = failed.get(model) ?? new Set()
    failed.set(model, hopeless)
    for (let after = 0; ;) {
      const subtitle = store.subtitleFits.next(space, after)
      if (subtitle === null) return true
      after = subtitle.id
      if (hopeless.has(subtitle.id)) continue
      const outcome = await compare(model, subtitle, sense)
      if (outcome === 'stopped') return false
      if (outcome === 'done') continue
      hopeless.add(subtitle.id)
      // What fails here would fail for the next one too, which has its try when there are news.
      return true
    }
  }

  const run = async (): Promise<void> => {
    isDue = false
    if (!(await compareAll(models.currentId()))) isDue = true
  }

  return {
    news: () => {
      isDue = true
    },
    look: () => {
      if (!isDue || running !== null || closed) return
      running = run().finally(() => {
        running = null
      })
      drop(running)
    },
    settled: async () => {
      await running
    },
    close: () => {
      closed = true
    },
  }
}
