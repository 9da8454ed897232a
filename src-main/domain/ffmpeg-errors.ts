import type { ErrorCode } from '../../src-preload/contract/result.ts'

/** What ffmpeg 2018 to 8 say and what it means for a film; the first that matches holds, so causes stand before symptoms. */
const signs: readonly (readonly [RegExp, ErrorCode])[] = [
  [/No space left on device|Disk quota exceeded/i, 'disk-full'],
  [/Permission denied|Operation not permitted/i, 'unreadable-file'],
  [/Input\/output error|Stale (NFS )?file handle|Is a directory/i, 'unreadable-file'],
  [/No such file or directory/i, 'missing-file'],
  [/\bcenc\b|\bencrypted\b|decryption key|\bencv\b/i, 'encrypted'],
  [/moov atom not found|partial file|File ended prematurely|Read error/i, 'truncated'],
  [
    /Unknown decoder|Decoder [^\n]*not found|no decoder found|could not find codec parameters/i,
    'unsupported-codec',
  ],
  [
    /Unsupported codec|Decoding requested, but no decoder|not (currently )?supported|not implemented/i,
    'unsupported-codec',
  ],
  [
    /Stream map [^\n]*matches no streams|matches no streams|does not contain any stream|Media type mismatch/i,
    'no-video-stream',
  ],
  [
    /Unrecognized option|Option [^\n]*not found|No such filter|Error reinitializing filters/i,
    'ffmpeg-failed',
  ],
  [/Invalid data found|Error while decoding|corrupt|Invalid NAL|error while seeking|concealing/i, 'damaged'],
]

/** Without the file's own address in front: a film in a folder called `encrypted` is not encrypted. */
const withoutAddress = (text: string): string => text.replaceAll(/\bfile:.*: /g, '')

/**
 * The code that ffmpeg's or ffprobe's error text stands for; `ffmpeg-failed` when nothing in it is known.
 * The whole text is looked at, because ffmpeg names the cause first and the consequence last.
 */
export const classifyFfmpegError = (stderr: string): ErrorCode => {
  const text = withoutAddress(stderr)
  return signs.find(([sign]) => sign.test(text))?.[1] ?? 'ffmpeg-failed'
}

/** The most telling line of ffmpeg's error text, for a person: without addresses and without the path's prefix. */
export const ffmpegMessage = (stderr: string): string => {
  const lines = stderr
    .split(/\r?\n/)
    .map((line) => withoutAddress(line.replace(/ @ 0x[0-9a-f]+/g, '')).trim())
    .filter((line) => line !== '')
  const known = lines.find((line) => classifyFfmpegError(line) !== 'ffmpeg-failed')
  return (known ?? lines.at(-1) ?? 'ffmpeg gave no reason').slice(0, 300)
}
