import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { ffmpegMessage } from '../domain/ffmpeg-errors.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { runFfmpeg } from '../foundation/ffmpeg-process.ts'
import type { Log } from '../foundation/log.ts'
import { trialDoubt, tryDecoder, type Trial, type TrialFilm } from './decoder-trial.ts'

/** A way to decode. `arguments` are ffmpeg's input options. */
export type Decoder = { readonly name: string; readonly arguments: readonly string[] }

export const softwareDecoder: Decoder = { name: 'software', arguments: [] }

/** Chooses how films are decoded; remembers for as long as the process lives what did not work. */
export type DecoderChoice = {
  /** Hardware only where it gave the same times and pictures as software for this very film a moment ago. */
  readonly choose: (film: TrialFilm) => Promise<Decoder>
  /** A film broke under this decoder on the way: it is not tried again for films of that kind. */
  readonly reject: (name: string, facts: VideoFacts, why: string) => void
  /** Why hardware is not used for what, for people; empty while nothing has failed. */
  readonly reasons: () => readonly string[]
}

export type DecoderChoiceOptions = {
  /** Null: there is none, and nothing is ever tried. */
  readonly ffmpeg: FfmpegBinaries | null
  readonly enabled: boolean
  readonly log: Pick<Log, 'info'>
  readonly platform: NodeJS.Platform
  /** Longest time for one decoder's trial. */
  readonly trialSeconds?: number
}

/** What can open a device there, best first. Where a driver is missing, ffmpeg says so in a tenth of a second. */
const candidates: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['vaapi', 'cuda'],
  win32: ['d3d11va', 'cuda', 'qsv'],
  darwin: ['videotoolbox'],
}

/** Below these a trial (two starts of ffmpeg and of a driver) costs as much as it can save. */
const leastSeconds = 60
const leastWidth = 1280

/** Half a second of film takes a tenth of it; a driver that hangs must not hold the film. */
const usualTrialSeconds = 20

const canPay = ({ duration, codedWidth }: VideoFacts): boolean =>
  duration > leastSeconds && codedWidth >= leastWidth

/** What ffmpeg 2018 to 8 say when the device itself cannot be used, whatever the film. */
const noDevice =
  /Device creation failed|Device setup failed|No device available|Failed to (?:create|open|get)[^\n]*device|(?:Unrecognized|Unknown|Unsupported) hwaccel|No VA display|Cannot load lib(?:cuda|nvcuvid)/i

/** The line that says so: ffmpeg's last ones only tell of the consequences. */
const deviceMessage = (log: string): string => {
  const line = log.split('\n').find((told) => noDevice.test(told)) ?? log
  return `no usable device (${ffmpegMessage(line).replace(/^\[\w+\] /, '')})`
}

/** Films whose decoding fares alike. */
const kindOf = ({ codec, profile, pixelFormat }: VideoFacts): string =>
  `${codec} ${profile ?? 'without profile'}, ${pixelFormat}`

type Verdict = { readonly why: string; readonly everywhere: boolean }

/** `unknown`: the film cannot be decoded in software either, which says nothing about the hardware. */
const judge = async (
  hardware: Trial,
  software: () => Promise<Trial>,
  facts: VideoFacts,
): Promise<Verdict | 'proven' | 'unknown'> => {
  if (hardware.ended === 'late') return { why: 'did not come to an end', everywhere: true }
  const isBroken = hardware.ended === 'badly'
  if (isBroken && noDevice.test(hardware.log)) return { why: deviceMessage(hardware.log), everywhere: true }
  const right = await software()
  if (right.ended !== 'well' || right.frames.length === 0) return 'unknown'
  const why = isBroken ? ffmpegMessage(hardware.log) : trialDoubt(hardware, right, facts)
  return why === null ? 'proven' : { why, everywhere: false }
}

/** See `DecoderChoice`. Nothing is asked of ffmpeg before the first film that hardware could pay for. */
export const createDecoderChoice = (options: DecoderChoiceOptions): DecoderChoice => {
  const { ffmpeg, enabled, log, platform, trialSeconds = usualTrialSeconds } = options
  /** Why not, by decoder, or by decoder and kind of film. */
  const failures = new Map<string, string>()
  let known: Promise<readonly string[]> | null = null

  const remember = (name: string, facts: VideoFacts, { why, everywhere }: Verdict): void => {
    const key = everywhere ? name : `${name} for ${kindOf(facts)}`
    if (failures.has(key)) return
    failures.set(key, why)
    log.info({ decoder: key, why }, 'hardware decoding is not used')
  }

  /** Of the decoders that fit this platform those that ffmpeg was built with. */
  const built = async (binaries: FfmpegBinaries, signal: AbortSignal): Promise<readonly string[]> => {
    const wanted = candidates[platform] ?? []
    const answer = await runFfmpeg({
      tool: 'ffmpeg',
      binary: binaries.ffmpeg,
      arguments: ['-hwaccels'],
      signal,
      stallSeconds: trialSeconds,
    })
    if (signal.aborted) {
      known = null
      return []
    }
    const lines = answer.ok ? answer.value.toString('latin1').split(/\s+/) : []
    const found = wanted.filter((name) => lines.includes(name))
    log.info({ wanted, found }, 'hardware decoders that ffmpeg knows')
    return found
  }

  const isProven = async (
    film: TrialFilm,
    decoder: Decoder,
    software: () => Promise<Trial>,
  ): Promise<boolean> => {
    if (ffmpeg === null) return false
    const trial = await tryDecoder(film, ffmpeg, decoder.arguments, trialSeconds)
    const verdict = film.signal.aborted ? 'unknown' : await judge(trial, software, film.facts)
    if (film.signal.aborted || verdict === 'unknown') return false
    if (verdict !== 'proven') remember(decoder.name, film.facts, verdict)
    else log.info({ decoder: decoder.name, film: kindOf(film.facts) }, 'hardware decoding is proven')
    return verdict === 'proven'
  }

  const choose = async (film: TrialFilm): Promise<Decoder> => {
    if (ffmpeg === null || !enabled || !canPay(film.facts)) return softwareDecoder
    let reference: Promise<Trial> | null = null
    const software = (): Promise<Trial> => (reference ??= tryDecoder(film, ffmpeg, [], trialSeconds))
    known ??= built(ffmpeg, film.signal)
    for (const name of await known) {
      if (film.signal.aborted) return softwareDecoder
      if (failures.has(name) || failures.has(`${name} for ${kindOf(film.facts)}`)) continue
      const decoder = { name, arguments: ['-hwaccel', name] }
      if (await isProven(film, decoder, software)) return decoder
    }
    return softwareDecoder
  }

  return {
    choose,
    reject: (name, facts, why) =>
      remember(name, facts, { why: `broke on the way: ${why}`, everywhere: false }),
    reasons: () => [...failures].map(([what, why]) => `${what}: ${why}`),
  }
}
