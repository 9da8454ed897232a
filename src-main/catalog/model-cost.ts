import type { RegistryEntry } from '../../src-preload/contract/model-registry.ts'
import type { ModelCost } from '../../src-preload/contract/nouns.ts'
import type { Database } from './database.ts'
import type { ProviderChecks } from './model-checks.ts'
import type { KnownModel, Models } from './models.ts'
import type { CoverageCount } from './coverage.ts'
import { picturesOf } from '../domain/wide-pictures.ts'
import { wideMode } from './settings.ts'
import type { Settings } from './settings.ts'

/** Frames of a second of film that an analysis finds worth a vector: at most 35 % of two looks (methods.md, a-6). */
const usualFramesPerSecond = 0.7
/** Films that are looked at to learn what is usual in this library; fewer than the second say nothing. */
const filmsAsked = 200
const fewestFilms = 5
/** CLIP ViT-B/32 in fp32 on two cores: 23.7 ms a picture (foundation/onnx-session.ts). */
const guessedPicturesPerSecond = 42

/** Bytes on disk of a vector: f16 in its chunk and again in the index, its time, and its links in the index (ffmpeg.md). */
const bytesOfVector = (dimensions: number): number => dimensions * 4 + 16 + 200

export type ModelCosts = {
  readonly costOf: (model: KnownModel, dimensions: number, count: CoverageCount) => ModelCost
  /** What a model needs to look at so many seconds of film, that many pictures a frame; null where its speed is not known. */
  readonly work: (
    model: KnownModel,
    filmSeconds: number,
    picturesPerFrame: number,
  ) => { readonly seconds: number | null; readonly measured: boolean }
}

const relativeTime = (entry: RegistryEntry | null): number | null => entry?.cost.relativeTime ?? null

/** What it would cost this library to see with another model. */
export const createModelCosts = (
  database: Database,
  models: Models,
  checks: ProviderChecks,
  settings: Pick<Settings, 'get'>,
): ModelCosts => {
  const analyzed = database.prepare<
    [string, number],
    { films: number; seconds: number | null; frames: number | null }
  >(`
    SELECT count(*) AS films, sum(facts.duration) AS seconds,
      sum((SELECT sum(chunk.count) FROM derived.vector_chunk AS chunk
           WHERE chunk.model = film.model AND chunk.video_id = film.video_id)) AS frames
    FROM (SELECT video_id, model FROM derived.job
          WHERE stage = 'analyzed' AND model = ? AND state = 'done' LIMIT ?) AS film
    JOIN derived.facts ON facts.video_id = film.video_id`)
  const framesPerSecond = (): number => {
    const { films, seconds, frames } = analyzed.get(models.currentSpace(), filmsAsked) ?? {
      films: 0,
      seconds: 0,
      frames: 0,
    }
    return films < fewestFilms || seconds === null || seconds <= 0
      ? usualFramesPerSecond
      : (frames ?? 0) / seconds
  }
  const speedOf = ({ id, directory, isThere }: KnownModel): number | null =>
    isThere ? checks.best({ id, directory }).picturesPerSecond : null
  /** A model that squeezes whole frames is shown one picture whatever is set; of a person's own it is not known here. */
  const picturesFor = ({ entry }: KnownModel): number =>
    entry?.kind === 'pair' && entry.image.resize === 'stretch' ? 1 : picturesOf[wideMode(settings)]
  /** What a model of relative time 1 does here, by any that was measured. */
  const unitSpeed = (): number => {
    for (const model of models.known()) {
      const [speed, time] = [speedOf(model), relativeTime(model.entry)]
      if (speed !== null && time !== null) return speed * time
    }
    return guessedPicturesPerSecond
  }

  const work: ModelCosts['work'] = (model, filmSeconds, picturesPerFrame) => {
    const measured = speedOf(model)
    const time = relativeTime(model.entry)
    const speed = measured ?? (time === null ? null : unitSpeed() / time)
    const pictures = filmSeconds * framesPerSecond() * picturesPerFrame
    const seconds = filmSeconds === 0 ? 0 : speed === null ? null : Math.ceil(pictures / speed)
    return { seconds, measured: measured !== null }
  }

  return {
    work,
    costOf: (model, dimensions, { lacking, lackingSeconds }) => ({
      films: lacking,
      ...work(model, lacking === 0 ? 0 : lackingSeconds, picturesFor(model)),
      bytes: Math.ceil(lackingSeconds * framesPerSecond() * bytesOfVector(dimensions)),
    }),
  }
}
