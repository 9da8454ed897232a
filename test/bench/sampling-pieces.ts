import { join } from 'node:path'

/** A stretch of a real clip, in seconds; `path` below shared/media. */
export type Clip = { readonly path: string; readonly from: number; readonly to: number }
/** One piece of a film: an input and the filter that makes it `seconds` of 640x360 at 24 frames a second. */
export type Piece = { readonly input: readonly string[]; readonly filter: string; readonly seconds: number }
export type Random = () => number

export const framesPerSecond = 24
const size = { width: 640, height: 360 }
const box = `${size.width}:${size.height}`
const evenly = `fps=${framesPerSecond},setsar=1,format=yuv420p`
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random()
const one = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

/** How a hand shakes: some slow swings and a quick small one, as a share of the room that the crop leaves. */
export const shakenCrop = (random: Random, share: number): string => {
  const swing = (): string =>
    `(1+0.5*sin(t*${between(random, 0.7, 1.6).toFixed(3)}+${(random() * 6).toFixed(2)})` +
    `+0.3*sin(t*${between(random, 2.5, 5).toFixed(3)})+0.12*sin(t*${between(random, 11, 19).toFixed(3)}))/2`
  const width = Math.round(size.width / share / 2) * 2
  const height = Math.round(size.height / share / 2) * 2
  return `scale=${width}:${height},crop=${box}:'(iw-ow)*${swing()}':'(ih-oh)*${swing()}'`
}

const cover = `scale=${box}:force_original_aspect_ratio=increase,crop=${box}`

type Look = { readonly speed: number; readonly mirrored: boolean; readonly frame: string }

const pieceOf = (media: string, source: Clip, from: number, length: number, look: Look): Piece => {
  const seconds = Math.round((length / look.speed) * framesPerSecond) / framesPerSecond
  return {
    input: ['-i', join(media, source.path)],
    filter:
      `trim=start=${from.toFixed(3)}:duration=${(length + 1).toFixed(3)},setpts=(PTS-STARTPTS)/${look.speed},` +
      `${evenly},${cover},${look.mirrored ? 'hflip,' : ''}${look.frame},setsar=1,tpad=stop_mode=clone:stop_duration=2,` +
      `trim=duration=${seconds},setpts=PTS-STARTPTS`,
    seconds,
  }
}

/**
 * The clips in pieces of `least` to `most` seconds, each second of footage once, so that no moment of a film is there
 * twice; each piece cropped, and mirrored and slowed or not.
 */
export const cutUp = (
  media: string,
  clips: readonly Clip[],
  random: Random,
  {
    least,
    most,
    speeds,
  }: { readonly least: number; readonly most: number; readonly speeds: readonly number[] },
): readonly Piece[] =>
  clips.flatMap((source) => {
    const pieces: Piece[] = []
    for (let from = source.from; source.to - from >= Math.min(least, source.to - source.from);) {
      const length = Math.min(source.to - from, between(random, least, most))
      const room = between(random, 0.75, 1)
      const frame = `scale=iw/${room.toFixed(3)}:-2,crop=${box}:(iw-ow)*${random().toFixed(2)}:(ih-oh)*${random().toFixed(2)}`
      pieces.push(
        pieceOf(media, source, from, length, { speed: one(random, speeds), mirrored: random() < 0.5, frame }),
      )
      from += length
    }
    return pieces
  })

export const whole = (media: string, source: Clip, speed: number, frame = 'null'): Piece =>
  pieceOf(media, source, source.from, source.to - source.from, { speed, mirrored: false, frame })

/** A photograph that is slowly zoomed into, or out of, or along. */
export const photoPiece = (file: string, seconds: number, random: Random): Piece => {
  const frames = Math.round(seconds * framesPerSecond)
  const depth = between(random, 0.12, 0.4)
  const part = `on/${frames}`
  const zoom = one(random, [`1+${depth}*${part}`, `${1 + depth}-${depth}*${part}`, `${1 + depth}`])
  const along = one(random, [part, `1-${part}`])
  return {
    input: ['-i', file],
    filter:
      `scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720,` +
      `zoompan=z='${zoom}':x='(iw-iw/zoom)*${along}':y='(ih-ih/zoom)/2':d=${frames}:s=${size.width}x${size.height}:fps=${framesPerSecond},` +
      `noise=alls=3:allf=t,${evenly},trim=duration=${frames / framesPerSecond},setpts=PTS-STARTPTS`,
    seconds: frames / framesPerSecond,
  }
}

export const shakenPhoto = (file: string, seconds: number, random: Random): Piece => ({
  input: ['-loop', '1', '-framerate', String(framesPerSecond), '-t', String(seconds + 1), '-i', file],
  filter:
    `scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720,${shakenCrop(random, 0.7)},` +
    `noise=alls=5:allf=t,${evenly},trim=duration=${seconds},setpts=PTS-STARTPTS`,
  seconds,
})

/** A slide: white paper, lines of "text", a photograph; beside it, small, somebody who speaks (a clip to and fro). */
export const slidePiece = (media: string, photo: string, speaker: Clip, seconds: number): Piece => ({
  input: ['-loop', '1', '-framerate', String(framesPerSecond), '-t', String(seconds + 1), '-i', photo],
  filter:
    `scale=300:220:force_original_aspect_ratio=decrease,pad=${box}:30:70:white,` +
    [70, 100, 130, 160, 190].map((y, i) => `drawbox=360:${y}:${220 - i * 23}:9:gray:fill`).join(',') +
    `,${evenly}[slide];movie='${join(media, speaker.path)}':loop=0,setpts=N/(${framesPerSecond}*TB),` +
    `scale=150:112:force_original_aspect_ratio=increase,crop=150:112[speaker];` +
    `[slide][speaker]overlay=480:240,noise=alls=2:allf=t,${evenly},trim=duration=${seconds},setpts=PTS-STARTPTS`,
  seconds,
})
