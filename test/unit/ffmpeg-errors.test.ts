import { expect, test } from 'vitest'
import { classifyFfmpegError, ffmpegMessage } from '../../src-main/domain/ffmpeg-errors.ts'

test.for([
  ['[mov,mp4 @ 0x55] moov atom not found\nfile:a.mp4: Invalid data found when processing input', 'truncated'],
  [
    '[mov @ 0x1] stream 0, offset 0x4c9b: partial file\nfile:/a: corrupt input packet in stream 0',
    'truncated',
  ],
  ['[matroska,webm @ 0x558] File ended prematurely', 'truncated'],
  ['file:a: Invalid data found when processing input', 'damaged'],
  ['Decoder (codec prores_raw) not found for input stream #0:0', 'unsupported-codec'],
  ["Unknown decoder 'av1'", 'unsupported-codec'],
  ['[mov] encv stream without a decryption key', 'encrypted'],
  ['av_interleaved_write_frame(): No space left on device', 'disk-full'],
  ['file:/nope: No such file or directory', 'missing-file'],
  ['file:/root/a: Permission denied', 'unreadable-file'],
  ['file:/mnt/a: Input/output error', 'unreadable-file'],
  ["Stream specifier ':0' in filtergraph description [0:0]scale matches no streams.", 'no-video-stream'],
  ["Unrecognized option 'fps_mode'.", 'ffmpeg-failed'],
  ['', 'ffmpeg-failed'],
] as const)('%s -> %s', ([stderr, code]) => {
  expect(classifyFfmpegError(stderr)).toBe(code)
})

test('the message is the line that tells most, without addresses', () => {
  expect(ffmpegMessage('something\n[h264 @ 0x55dc66854c00] Invalid NAL unit size\nConversion failed!')).toBe(
    '[h264] Invalid NAL unit size',
  )
  expect(ffmpegMessage('first\nlast\n')).toBe('last')
  expect(ffmpegMessage('')).toBe('ffmpeg gave no reason')
})
