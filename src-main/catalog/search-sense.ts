import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { familyThresholds } from '../domain/confidence.ts'
import { hubBank } from '../domain/generic-queries.ts'
import { nearestMedian } from '../domain/nearest-median.ts'
import { pictureThresholds } from '../domain/score-scale.ts'
import type { CurveScale } from '../domain/step-curves.ts'
import { judgeOf, plainJudge } from '../domain/verdict.ts'
import type { Judge } from '../domain/verdict.ts'
import type { Store } from './store.ts'

/** How the scores of one model are to be understood in this library. */
export type SearchSense = {
  readonly scale: CurveScale
  readonly words: Judge
  /** Of frames that are to be like others. */
  readonly pictures: Judge
  /** Of sequences: how sure their least step is. */
  readonly sequences: Judge
  /** The bank whose hubness corrects cosines; null: they stay as they are. */
  readonly bank: string | null
}

/** A model whose folder cannot be read any more: searches go on with what holds for most. */
const unread: Pick<ModelManifest, 'family' | 'dimensions' | 'thresholds' | 'medianNearest'> = {
  family: 'clip',
  dimensions: 512,
}

/** 0.2 and 0.8 are what the thresholds of each step were made into (`confidenceOf`). */
const sequences: Judge = { ...plainJudge({ weak: 0.2, good: 0.8 }, true), confidence: (least) => least }

/**
 * What was measured of `model` here, what its manifest states, and what its family has, in this order (`judgeOf`).
 * `only`: how many films are looked at; null: all.
 */
export const senseOf = async (store: Store, model: string, only: number | null): Promise<SearchSense> => {
  const folder = await store.models.open(model)
  const manifest = folder.ok ? folder.value.manifest : unread
  const space = store.models.spaceOf(model)
  const calibration = store.calibrations.get(model)
  const searched =
    only === null || calibration === null
      ? undefined
      : Math.ceil(calibration.library * Math.min(1, only / Math.max(1, store.vectors.videosWith(space))))
  const words = judgeOf(calibration, manifest.thresholds ?? null, familyThresholds[manifest.family], searched)
  const pictures = pictureThresholds(calibration, nearestMedian(manifest))
  const typical = calibration?.typical ?? null
  return {
    words,
    pictures: plainJudge(pictures, calibration !== null && calibration.pictures !== null),
    sequences,
    // Thresholds that a model states are of plain cosines.
    bank: typical === null || manifest.thresholds !== undefined ? null : hubBank(model),
    scale: { thresholds: { text: words.thresholds, image: pictures }, typicalHub: typical ?? 0 },
  }
}
