/**
 * Name endings of films. Generous on purpose: what cannot be decoded becomes a problem row that a person sees,
 * what is not in this table is only counted. From ffmpeg's demuxer extensions and camera manuals.
 */
const endings: ReadonlySet<string> = new Set([
  ...[
    'mp4',
    'm4v',
    'mp4v',
    'mov',
    'qt',
    'mj2',
    '3gp',
    '3gpp',
    '3g2',
    '3gp2',
    'f4v',
    'insv',
    'lrv',
    '360',
    'braw',
  ],
  ...[
    'mkv',
    'webm',
    'mk3d',
    'avi',
    'divx',
    'xvid',
    'wmv',
    'asf',
    'dvr-ms',
    'wtv',
    'flv',
    'ogv',
    'ogm',
    'ogx',
  ],
  ...['mpg', 'mpeg', 'mpe', 'mpv', 'm1v', 'm2v', 'm2p', 'mp2v', 'vob', 'vro', 'evo', 'tod', 'mod'],
  ...['ts', 'm2ts', 'm2t', 'mts', 'tp', 'trp', 'rec'],
  ...['mxf', 'gxf', 'r3d', 'dv', 'dif', 'rm', 'rmvb', 'rv', 'amv', 'nsv', 'nut', 'dav', 'ivf', 'y4m'],
  ...['mjpg', 'mjpeg', 'h264', '264', 'avc', 'h265', '265', 'hevc', 'obu', 'bik', 'ismv'],
])

/** Endings that other things have too (TypeScript, tracker music, Go modules): the first bytes decide. */
const ambiguous: ReadonlySet<string> = new Set(['ts', 'mts', 'tp', 'rec', 'mod', 'mpe', 'avc', 'dif', '360'])

/** .json: the transcript that a speech recogniser wrote (`transcript-json.ts`). */
const subtitleEndings: ReadonlySet<string> = new Set(['srt', 'vtt', 'ass', 'ssa', 'json'])

/** The part of `name` after its last dot, lower case; empty without one (a leading dot does not count). */
export const endingOf = (name: string): string => {
  const dot = name.lastIndexOf('.')
  return dot < 1 ? '' : name.slice(dot + 1).toLowerCase()
}

/** True for a name that ends like a film's. */
export const hasVideoEnding = (name: string): boolean => endings.has(endingOf(name))

/** True where the ending alone does not make it a film: `looksLikeVideo` must see the first bytes. */
export const hasAmbiguousEnding = (name: string): boolean => ambiguous.has(endingOf(name))

/** True for the subtitle files that `indexer/subtitles.ts` reads. */
export const hasSubtitleEnding = (name: string): boolean => subtitleEndings.has(endingOf(name))
