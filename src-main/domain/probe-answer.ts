import * as v from 'valibot'

/** ffprobe writes most numbers as strings, and leaves out or writes "N/A" for what it does not know. */
const numeric = v.optional(
  v.pipe(
    v.fallback(v.nullable(v.union([v.string(), v.number()])), null),
    v.transform((value) =>
      value !== null && value !== '' && Number.isFinite(Number(value)) ? Number(value) : null,
    ),
  ),
  null,
)
const text = v.fallback(v.optional(v.string()), undefined)
const tags = v.fallback(v.optional(v.record(v.string(), v.string()), {}), {})
const sideData = v.fallback(
  v.optional(v.array(v.object({ side_data_type: text, rotation: numeric, displaymatrix: text })), []),
  [],
)

const probeStream = v.object({
  index: v.number(),
  codec_type: text,
  codec_name: text,
  codec_tag_string: text,
  profile: v.fallback(v.optional(v.union([v.string(), v.number()])), undefined),
  width: numeric,
  height: numeric,
  pix_fmt: text,
  bits_per_raw_sample: numeric,
  sample_aspect_ratio: text,
  field_order: text,
  color_transfer: text,
  avg_frame_rate: text,
  r_frame_rate: text,
  start_time: numeric,
  duration: numeric,
  channels: numeric,
  disposition: v.fallback(v.optional(v.record(v.string(), v.number()), {}), {}),
  tags,
  side_data_list: sideData,
})

/** What ffprobe says of a file (`-print_format json`), as far as Kinora reads it; from 2018's versions to today's. */
export const probeAnswer = v.object({
  format: v.object({
    format_name: v.string(),
    start_time: numeric,
    duration: numeric,
    bit_rate: numeric,
    tags,
  }),
  streams: v.optional(v.array(probeStream), []),
  chapters: v.fallback(
    v.optional(v.array(v.object({ start_time: numeric, end_time: numeric, tags })), []),
    [],
  ),
  /** The first few packets: they tell of encryption, where streams do not. */
  packets: v.fallback(
    v.optional(v.array(v.object({ stream_index: numeric, side_data_list: sideData })), []),
    [],
  ),
})

export type ProbeAnswer = v.InferOutput<typeof probeAnswer>
export type ProbeStream = ProbeAnswer['streams'][number]
