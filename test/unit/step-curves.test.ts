import { describe, expect, it } from 'vitest'
import { stepCurves } from '../../src-main/domain/step-curves.ts'
import type { CurveParts, CurveScale, FilmEvidence } from '../../src-main/domain/step-curves.ts'

const scale: CurveScale = {
  thresholds: { text: { weak: 0.25, good: 0.28 }, image: { weak: 0.7, good: 0.9 } },
  typicalHub: 0.25,
}
const words = { kind: 'text', weight: 1, pool: 'clauses', vectors: 1 } as const
const frame = { kind: 'image', weight: 1, pool: 'best', vectors: 1 } as const
const film = (...cosines: readonly (readonly number[])[]): FilmEvidence => ({
  times: Float64Array.from(cosines[0] ?? [], (_, i) => i * 2),
  cosines: cosines.map((own) => Float32Array.from(own)),
  hub: null,
  motion: null,
  leftOut: [],
})
const rounded = (scores: Float32Array | undefined): readonly number[] =>
  [...(scores ?? [])].map((score) => Math.round(score * 1000) / 1000)
const one = (parts: CurveParts, evidence: FilmEvidence): readonly number[] =>
  rounded(stepCurves(parts, evidence, scale)[0]?.scores)

describe('the curve of a query along a film', () => {
  it('is the cosines themselves for one text', () => {
    const steps = [{ wanted: [words], moves: false }]
    expect(one({ steps, unwanted: [] }, film([0.2, 0.3]))).toEqual([0.2, 0.3])
  })

  it('takes each part its own vectors, in their order', () => {
    const parts: CurveParts = {
      steps: [
        { wanted: [{ ...words, vectors: 2 }], moves: false },
        { wanted: [frame], moves: false },
      ],
      unwanted: [words],
    }
    const curves = stepCurves(parts, film([0.3, 0.3], [0.1, 0.3], [0.9, 0.2], [0, 0.5]), scale)
    expect(curves.map(({ kind }) => kind)).toEqual(['text', 'image'])
    // What is not wanted is surely in the second sample: it is out, for both steps.
    expect(rounded(curves[0]?.scores)).toEqual([0.15, 0])
    expect(rounded(curves[1]?.scores)).toEqual([0.9, 0])
  })

  it('puts frames that every query likes behind those that only this one does, for words alone', () => {
    const hub = Float32Array.from([0.35, 0.25])
    const steps = [{ wanted: [words], moves: false }]
    const [text] = stepCurves({ steps, unwanted: [] }, { ...film([0.31, 0.3]), hub }, scale)
    expect(rounded(text?.fit)).toEqual([0.26, 0.3])
    // Ranked by half of what judges.
    expect(rounded(text?.scores)).toEqual([0.285, 0.3])
    const similar = { steps: [{ wanted: [frame], moves: false }], unwanted: [] }
    expect(one(similar, { ...film([0.9, 0.8]), hub })).toEqual([0.9, 0.8])
  })

  it('prefers what moves where the words speak of movement, and only there', () => {
    const motion = Float32Array.from([0, 0, 200, 0])
    const evidence = { ...film([0.2, 0.29, 0.29, 0.2]), motion }
    const parts = (moves: boolean): CurveParts => ({ steps: [{ wanted: [words], moves }], unwanted: [] })
    const [, still = 0, moving = 0] = one(parts(true), evidence)
    expect(moving).toBeGreaterThan(still)
    expect(one(parts(false), evidence)).toEqual([0.2, 0.29, 0.29, 0.2])
    expect(one(parts(true), { ...evidence, motion: null })).toEqual([0.2, 0.29, 0.29, 0.2])
  })

  it('leaves out what was asked with, without a hole', () => {
    const steps = [{ wanted: [frame], moves: false }]
    const evidence = { ...film([0.4, 1, 1, 0.7]), leftOut: [{ start: 2, end: 6 }] }
    expect(one({ steps, unwanted: [] }, evidence)).toEqual([0.4, 0.4, 0.4, 0.7])
  })
})
