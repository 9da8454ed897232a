import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'

/** The proven ffmpeg and ffprobe, and how to talk to them. */
export type FfmpegBinaries = {
  readonly ffmpeg: string
  readonly ffprobe: string
  /** As `-version` names it, such as `5.1.9-0+deb12u1`. */
  readonly version: string
  /** Null for snapshots, which carry no number. */
  readonly major: number | null
  readonly origin: 'setting' | 'ffmpeg-static' | 'path' | 'installer'
  /** The option that keeps every frame with its own time: its name changed in 5.1 (ffmpeg.md). */
  readonly passthrough: readonly string[]
  /** Older than 5.1: good for trying things out, `doctor` warns. */
  readonly outdated: boolean
}

export type FfmpegOptions = {
  readonly ffmpegPath?: string | undefined
  readonly ffprobePath?: string | undefined
  readonly environment: NodeJS.ProcessEnv
}

type Candidate = { readonly path: string; readonly origin: FfmpegBinaries['origin'] }
type Proven = Candidate & { readonly version: string }

const advice =
  'Install ffmpeg 5.1 or newer (https://ffmpeg.org/download.html), or set its path in the settings or in KINORA_FFMPEG.'
const run = promisify(execFile)
const load = createRequire(import.meta.url)
const executable = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name)

/** Runs `path` with `argument`; its output, or null and one more line in `reasons`. */
const ask = async (path: string, argument: readonly string[], reasons: string[]): Promise<string | null> => {
  try {
    return (await run(path, argument, { timeout: 20_000, maxBuffer: 4_000_000, windowsHide: true })).stdout
  } catch (error) {
    reasons.push(`${path}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`)
    return null
  }
}

const prove = async (tool: string, candidate: Candidate, reasons: string[]): Promise<Proven | null> => {
  const told = await ask(candidate.path, ['-version'], reasons)
  if (told === null) return null
  const version = new RegExp(`^${tool} version (\\S+)`).exec(told)?.[1]
  if (version !== undefined) return { ...candidate, version }
  reasons.push(`${candidate.path}: does not call itself ${tool}`)
  return null
}

const onPath = (tool: string, environment: NodeJS.ProcessEnv): Candidate[] =>
  (environment['PATH'] ?? environment['Path'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, executable(tool)))
    .filter((path) => existsSync(path))
    .map((path) => ({ path, origin: 'path' }))

/** The binary that an optional package brings. A missing package or platform is one more reason, not an error. */
const packaged = (name: string, origin: FfmpegBinaries['origin'], reasons: string[]): Candidate[] => {
  try {
    const exported: unknown = load(name)
    const path =
      typeof exported === 'string' ? exported : (exported as { readonly path?: unknown } | null)?.path
    if (typeof path !== 'string') throw new Error('brings no binary for this machine')
    // A packaged app keeps binaries outside its archive, the packages do not know that.
    return [{ path: path.replace(/\bapp\.asar\b(?!\.unpacked)/, 'app.asar.unpacked'), origin }]
  } catch (error) {
    reasons.push(`${name}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`)
    return []
  }
}

const firstProven = async (
  tool: string,
  candidates: readonly Candidate[],
  reasons: string[],
): Promise<Proven | null> => {
  for (const candidate of candidates) {
    const proven = await prove(tool, candidate, reasons)
    if (proven !== null) return proven
  }
  return null
}

const find = async (
  tool: string,
  explicit: string | undefined,
  others: (reasons: string[]) => readonly Candidate[],
): Promise<Result<Proven>> => {
  const reasons: string[] = []
  if (explicit !== undefined && explicit !== '') {
    const proven = await prove(tool, { path: explicit, origin: 'setting' }, reasons)
    if (proven !== null) return ok(proven)
    return fail('ffmpeg-missing', `The ${tool} that was set does not work: ${reasons.join('; ')}`, advice)
  }
  const proven = await firstProven(tool, others(reasons), reasons)
  return proven === null
    ? fail('ffmpeg-missing', `No working ${tool}: ${reasons.join('; ')}`, advice)
    : ok(proven)
}

/** `-fps_mode` came with 5.1; a snapshot has no number, so its help is asked. */
const knowsFpsMode = async (ffmpeg: Proven, reasons: string[]): Promise<boolean> => {
  const number = /^n?(\d{1,2})\.(\d+)/.exec(ffmpeg.version)
  if (number !== null) return Number(number[1]) > 5 || (Number(number[1]) === 5 && Number(number[2]) >= 1)
  return (await ask(ffmpeg.path, ['-hide_banner', '-h', 'long'], reasons))?.includes('-fps_mode') ?? false
}

/**
 * The ffmpeg and ffprobe to use: a set path (setting, then KINORA_FFMPEG or KINORA_FFPROBE), `ffmpeg-static`, PATH,
 * and as a last resort the installers' binaries of 2018. Each has answered `-version`. A set path that does not
 * work, or nothing that works, is `ffmpeg-missing` with every reason.
 */
export const findFfmpeg = async (options: FfmpegOptions): Promise<Result<FfmpegBinaries>> => {
  const { environment } = options
  const ffmpeg = await find('ffmpeg', options.ffmpegPath ?? environment['KINORA_FFMPEG'], (reasons) => [
    ...packaged('ffmpeg-static', 'ffmpeg-static', reasons),
    ...onPath('ffmpeg', environment),
    ...packaged('@ffmpeg-installer/ffmpeg', 'installer', reasons),
  ])
  if (!ffmpeg.ok) return ffmpeg
  const beside = join(dirname(ffmpeg.value.path), executable('ffprobe'))
  const ffprobe = await find('ffprobe', options.ffprobePath ?? environment['KINORA_FFPROBE'], (reasons) => [
    ...(existsSync(beside) ? [{ path: beside, origin: ffmpeg.value.origin }] : []),
    ...onPath('ffprobe', environment),
    ...packaged('@ffprobe-installer/ffprobe', 'installer', reasons),
  ])
  if (!ffprobe.ok) return ffprobe
  const { path, version, origin } = ffmpeg.value
  const major = /^n?(\d{1,2})\.\d/.exec(version)?.[1]
  const current = await knowsFpsMode(ffmpeg.value, [])
  return ok({
    ffmpeg: path,
    ffprobe: ffprobe.value.path,
    version,
    major: major === undefined ? null : Number(major),
    origin,
    passthrough: [current ? '-fps_mode' : '-vsync', 'passthrough'],
    outdated: !current,
  })
}
