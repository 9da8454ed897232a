import * as v from 'valibot'

/**
 * What an engine that runs as Electron's utility process asks of the main process, and what it is told. Only the
 * main process can start such processes, and `child_process.fork` does not work with the runAsNode fuse off
 * (anchors.md 2.6), so an engine that needs other engines has them forked for it. `id` is the asker's choice.
 */
const id = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Asker to main process. */
export const engineRequest = v.variant('kind', [
  v.strictObject({
    kind: v.literal('engine-fork'),
    id,
    /** Absolute path of an engine's entry; the main process refuses any other file. */
    entry: v.string(),
    arguments: v.array(v.string()),
    log: v.string(),
    environment: v.record(v.string(), v.string()),
  }),
  v.strictObject({
    kind: v.literal('engine-kill'),
    id,
    signal: v.picklist(['SIGTERM', 'SIGINT', 'SIGKILL']),
  }),
])
export type EngineRequest = v.InferOutput<typeof engineRequest>

/** Main process to asker. */
export const engineReport = v.variant('kind', [
  v.strictObject({ kind: v.literal('engine-spawned'), id, pid: v.number() }),
  v.strictObject({ kind: v.literal('engine-word'), id, word: v.unknown() }),
  v.strictObject({
    kind: v.literal('engine-exited'),
    id,
    exit: v.strictObject({
      code: v.nullable(v.number()),
      signal: v.nullable(v.string()),
      kind: v.picklist(['ended', 'crashed', 'killed']),
    }),
  }),
])
export type EngineReport = v.InferOutput<typeof engineReport>
