/** How one test clip is drawn. Every frame carries its number in pixels (`barcode.ts`). */
export type ClipRecipe = {
  readonly ending: string
  /** The encoder that the ffmpeg at hand must have, or null where another clip is only rewrapped. */
  readonly encoder: string | null
  readonly frames: number
  readonly rate: number
  /** Filters after the drawing. */
  readonly filter?: string
  readonly output: readonly string[]
  /** The name of the clip that this one is made from without encoding again. */
  readonly from?: string
  /** Keeps only this share of the finished file. */
  readonly cutTo?: number
}

const x264 = (more: string): readonly string[] => [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-qp',
  '12',
  '-x264-params',
  more,
]
const closed = 'keyint=25:scenecut=0'

/** Every clip by name. 192 x 108 and short, because each is decoded many times. */
export const clipRecipes = {
  closedGop: { ending: 'mp4', encoder: 'libx264', frames: 300, rate: 25, output: x264(closed) },
  openGop: {
    ending: 'mp4',
    encoder: 'libx264',
    frames: 300,
    rate: 25,
    output: x264(`${closed}:open-gop=1:bframes=3:b-adapt=0`),
  },
  openGopMkv: { ending: 'mkv', encoder: null, from: 'openGop', frames: 300, rate: 25, output: [] },
  openGopTs: { ending: 'ts', encoder: null, from: 'openGop', frames: 300, rate: 25, output: [] },
  intraRefresh: {
    ending: 'mp4',
    encoder: 'libx264',
    frames: 300,
    rate: 25,
    output: x264('intra-refresh=1:keyint=50:bframes=0'),
  },
  sparseKeys: {
    ending: 'mp4',
    encoder: 'libx264',
    frames: 300,
    rate: 10,
    output: x264('keyint=infinite:scenecut=0'),
  },
  hevc: {
    ending: 'mp4',
    encoder: 'libx265',
    frames: 150,
    rate: 25,
    output: [
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-tag:v',
      'hvc1',
      '-x265-params',
      'keyint=25:crf=12:log-level=none:pools=1',
    ],
  },
  vp9: {
    ending: 'webm',
    encoder: 'libvpx-vp9',
    frames: 150,
    rate: 25,
    output: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M', '-g', '25'],
  },
  av1: {
    ending: 'mkv',
    encoder: 'libaom-av1',
    frames: 75,
    rate: 25,
    output: ['-c:v', 'libaom-av1', '-strict', '-2', '-cpu-used', '8', '-b:v', '1M', '-g', '25'],
  },
  mpeg2Ts: {
    ending: 'ts',
    encoder: 'mpeg2video',
    frames: 200,
    rate: 25,
    output: ['-c:v', 'mpeg2video', '-q:v', '2', '-g', '15', '-bf', '2'],
  },
  mpeg2Ps: {
    ending: 'mpg',
    encoder: 'mpeg2video',
    frames: 200,
    rate: 25,
    output: ['-c:v', 'mpeg2video', '-q:v', '2', '-g', '15', '-bf', '2'],
  },
  /** AVI has no times for pictures out of order: they must be worked out from the packets before frames are skipped. */
  mpeg4Avi: {
    ending: 'avi',
    encoder: 'mpeg4',
    frames: 200,
    rate: 25,
    output: ['-c:v', 'mpeg4', '-q:v', '2', '-g', '25', '-bf', '2'],
  },
  mjpeg: {
    ending: 'avi',
    encoder: 'mjpeg',
    frames: 150,
    rate: 25,
    output: ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p'],
  },
  vfr: {
    ending: 'mkv',
    encoder: 'libx264',
    frames: 200,
    rate: 25,
    filter: 'settb=1/1000,setpts=(N+11*floor(N/7)+0.4*mod(N\\,2))/30/TB',
    output: [...x264('keyint=20:scenecut=0:force-cfr=0'), '-enc_time_base', '1:1000'],
  },
  /** Half a minute in which no frame begins, as screen recorders write it. */
  still: {
    ending: 'mkv',
    encoder: 'libx264',
    frames: 100,
    rate: 25,
    filter: 'settb=1/1000,setpts=(N+750*gte(N\\,50))/25/TB',
    output: [...x264('keyint=25:scenecut=0:force-cfr=0'), '-enc_time_base', '1:1000'],
  },
  lateMkv: {
    ending: 'mkv',
    encoder: null,
    from: 'closedGop',
    frames: 300,
    rate: 25,
    output: ['-output_ts_offset', '8.333'],
  },
  lateTs: {
    ending: 'ts',
    encoder: null,
    from: 'closedGop',
    frames: 300,
    rate: 25,
    output: ['-output_ts_offset', '3600'],
  },
  rotated: {
    ending: 'mp4',
    encoder: null,
    from: 'closedGop',
    frames: 300,
    rate: 25,
    output: ['-metadata:s:v', 'rotate=90'],
  },
  anamorphic: {
    ending: 'mp4',
    encoder: 'libx264',
    frames: 100,
    rate: 25,
    filter: 'setsar=2',
    output: x264(closed),
  },
  oneFrame: { ending: 'mp4', encoder: 'libx264', frames: 1, rate: 25, output: x264(closed) },
  cutMp4: {
    ending: 'mp4',
    encoder: null,
    from: 'closedGop',
    frames: 300,
    rate: 25,
    output: ['-movflags', '+faststart'],
    cutTo: 0.5,
  },
  cutMkv: { ending: 'mkv', encoder: null, from: 'closedGop', frames: 300, rate: 25, output: [], cutTo: 0.5 },
} satisfies Record<string, ClipRecipe>

export type ClipName = keyof typeof clipRecipes
