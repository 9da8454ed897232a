import type { Readable } from 'node:stream'

/** A pipe of raw pictures, `bytes` each. */
export type RawPipe = { readonly stream: Readable; readonly bytes: number }

/** One frame: its own time in seconds as the file counts, and its picture from each pipe. */
export type StampedFrame = { readonly pts: number; readonly pictures: readonly Uint8Array[] }

type Collector<T> = { readonly queue: T[]; readonly stream: Readable; closed: boolean }

/** Frames that may lie ready before the pipes are paused: enough to keep ffmpeg busy while the encoder works. */
const usualLookahead = 8

/** ffmpeg's outputs move together, some frames apart; if one runs ahead further than this, something is wrong. */
const furthestApart = 256

const collect = <T>(
  stream: Readable,
  cut: (chunk: Buffer, queue: T[]) => void,
  changed: () => void,
): Collector<T> => {
  const collector: Collector<T> = { queue: [], stream, closed: stream.destroyed }
  const close = (): void => {
    collector.closed = true
    changed()
  }
  stream.on('data', (chunk: Buffer) => {
    cut(chunk, collector.queue)
    changed()
  })
  stream.once('end', close)
  stream.once('close', close)
  return collector
}

/** Cuts a stream into pictures of `bytes` bytes; every picture is a buffer of its own. */
const cutPictures = (bytes: number): ((chunk: Buffer, queue: Uint8Array[]) => void) => {
  let picture = Buffer.allocUnsafe(bytes)
  let filled = 0
  return (chunk, queue) => {
    let offset = 0
    while (offset < chunk.length) {
      const copied = chunk.copy(picture, filled, offset)
      offset += copied
      filled += copied
      if (filled < bytes) continue
      queue.push(picture)
      picture = Buffer.allocUnsafe(bytes)
      filled = 0
    }
  }
}

/** Reads framecrc: `#tb 0: 1/1000000`, then one line a frame whose third column is its time and fifth its size. */
const cutStamps = (bytes: number): ((chunk: Buffer, queue: number[]) => void) => {
  let rest = ''
  let timeBase = Number.NaN
  const read = (line: string, queue: number[]): void => {
    const base = /^#tb 0: (\d+)\/(\d+)/.exec(line)
    if (base !== null) timeBase = Number(base[1]) / Number(base[2])
    if (line.startsWith('#') || line.trim() === '') return
    const columns = line.split(',').map(Number)
    if (columns[4] !== bytes)
      throw new Error(`a filter makes pictures of ${columns[4]} bytes where ${bytes} were promised`)
    queue.push((columns[2] ?? Number.NaN) * timeBase)
  }
  return (chunk, queue) => {
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) read(line, queue)
  }
}

/**
 * Joins a framecrc pipe of the first picture pipe with the picture pipes, which all carry the same frames. Every pipe
 * is drained by itself while a frame is incomplete, because an unread one stalls ffmpeg (ffmpeg.md); all are paused
 * while the consumer is `lookahead` frames behind. Ends with the shortest pipe. Throws when pictures have another size than promised.
 */
export async function* readStampedFrames(
  stamps: Readable,
  pictures: readonly RawPipe[],
  lookahead = usualLookahead,
): AsyncGenerator<StampedFrame, void> {
  let wake: () => void = () => undefined
  let broken: unknown = null
  const guarded =
    <T>(cut: (chunk: Buffer, queue: T[]) => void): typeof cut =>
    (chunk, queue) => {
      try {
        cut(chunk, queue)
      } catch (error) {
        broken ??= error
      }
    }
  const changed = (): void => {
    if (all.every(({ queue, closed }) => closed || queue.length >= lookahead))
      for (const { stream } of all) stream.pause()
    if (all.some(({ queue }) => queue.length > furthestApart))
      broken ??= new Error('ffmpeg: outputs drifted apart')
    wake()
  }
  const all: Collector<unknown>[] = []
  const times = collect(stamps, guarded(cutStamps(pictures[0]?.bytes ?? 0)), changed)
  const pipes = pictures.map(({ stream, bytes }) => collect(stream, guarded(cutPictures(bytes)), changed))
  all.push(times, ...pipes)
  while (true) {
    if (broken !== null) throw broken instanceof Error ? broken : new Error('frame reader', { cause: broken })
    const ready = pipes.every(({ queue }) => queue.length > 0) && times.queue.length > 0
    if (ready) {
      const pts = times.queue.shift() ?? 0
      const frame = { pts, pictures: pipes.flatMap(({ queue }) => queue.splice(0, 1)) }
      for (const { stream } of all) stream.resume()
      yield frame
      continue
    }
    if (all.some(({ queue, closed }) => closed && queue.length === 0)) return
    await new Promise<void>((resolve) => (wake = resolve))
  }
}
