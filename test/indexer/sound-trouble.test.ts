import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { soundRate } from '../../src-main/domain/sound-meter.ts'
import { readSound, soundFailed, soundOutput } from '../../src-main/indexer/sound-decode.ts'
import { clicks, factsOf, h264, hear, moving } from '../media/hear-clip.ts'
import { make } from './films.ts'
import { scratchFolder } from './scratch.ts'

describe('sound that cannot be had', () => {
  const film = (folder: string, options: readonly string[]): string => {
    const path = join(folder, 'film.mkv')
    make(...clicks(['-c:a', 'aac', ...options]), path)
    return path
  }
  /** The film with another name for its sound's codec. */
  const unknownCodec = (folder: string): string => {
    const path = join(folder, 'unknown.mkv')
    const bytes = readFileSync(film(folder, []))
    bytes.write('A_ZZZ', bytes.indexOf('A_AAC'), 'latin1')
    writeFileSync(path, bytes)
    return path
  }

  test('a silent film has none', async () => {
    const path = join(scratchFolder(), 'silent.mp4')
    make(...moving(2), ...h264, path)
    expect(soundOutput(await factsOf(path), { from: 0 })).toBeNull()
  })

  test('a codec that nobody knows is not asked for', async () => {
    const facts = await factsOf(unknownCodec(scratchFolder()))
    expect(facts.audio.map(({ codec }) => codec)).toEqual(['unknown'])
    expect(soundOutput(facts, { from: 0 })).toBeNull()
  })

  test('asked for all the same, it fails the run, and the run says that it was the sound', async () => {
    const path = unknownCodec(scratchFolder())
    const facts = await factsOf(path)
    const audio = facts.audio.map((stream) => ({ ...stream, codec: 'aac' }))
    const { pcm, end } = await hear(path, { ...facts, audio })
    expect([pcm.length, end.result.ok, soundFailed(end)]).toEqual([0, false, true])
  })

  test('damaged sound is silence and fails nothing', async () => {
    const folder = scratchFolder()
    const path = join(folder, 'damaged.mkv')
    make('-i', film(folder, []), '-c', 'copy', '-bsf:a', 'noise=amount=1', path)
    const { end } = await hear(path, await factsOf(path))
    expect([end.result.ok, soundFailed(end)]).toEqual([true, false])
    expect(end.log).not.toBe('')
  })

  test('a failure of the pictures is none of the sound', () => {
    const log = '[h264 @ 0x1] Invalid NAL unit size\nError while decoding stream #0:0: Invalid data found'
    const failed = { code: 'damaged', message: '', advice: '' } as const
    expect(soundFailed({ result: { ok: false, error: failed }, log })).toBe(false)
  })
})

describe('readSound', () => {
  const pairs = (...stretches: readonly (readonly [at: number, count: number, value: number])[]): Buffer => {
    const values = stretches.flatMap(([at, count, value]) =>
      Array.from({ length: count }, (_, i) => [value, at + i / soundRate]).flat(),
    )
    return Buffer.from(Float32Array.from(values).buffer)
  }
  const read = async (bytes: Buffer, piece: number, limit?: number): Promise<readonly number[]> => {
    const chunks = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, i) => {
      return bytes.subarray(i * piece, (i + 1) * piece)
    })
    const out: number[] = []
    await readSound(Readable.from(chunks), (samples) => out.push(...samples), limit)
    return out
  }
  const runs = (values: readonly number[]): readonly (readonly [number, number])[] => {
    const found: [number, number][] = []
    for (const value of values) {
      const last = found.at(-1)
      if (last?.[0] === value) last[1] += 1
      else found.push([value, 1])
    }
    return found
  }

  test.for([3, 8, 4096])(
    'silence fills gaps, overlaps go, trembling stays; in chunks of %i bytes',
    async (piece) => {
      const bytes = pairs([0.5, 100, 1], [0.51, 100, 2], [1, 400, 3], [1.00003, 500, 4], [1.0333, 200, 5])
      expect(runs(await read(bytes, piece))).toEqual([
        [0, 8000],
        [1, 100],
        // 60 samples late: within 10 ms, taken as it comes.
        [2, 100],
        [0, 7800],
        [3, 400],
        // What lies more than 10 ms before what is there already is not heard twice.
        [4, 260],
        [5, 200],
      ])
    },
  )

  test('a clock that jumps behind the film is not believed', async () => {
    const bytes = pairs([0, 1000, 1], [95_000, 1000, 2], [0.0625, 1000, 3])
    expect(runs(await read(bytes, 4096, 60))).toEqual([
      [1, 1000],
      [3, 1000],
    ])
  })
})
