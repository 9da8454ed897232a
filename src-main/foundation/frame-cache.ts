import { randomUUID } from 'node:crypto'
import { open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from './make-folder.ts'

/** Small immutable files that can be made again, in a folder of their own. */
export type FrameCache = {
  /** The path of a kept file, now counted as used; null where it is not kept. */
  readonly find: (name: string) => Promise<string | null>
  /** Keeps a file; makes room when there is none. Throws what the system says, such as ENOSPC. */
  readonly keep: (name: string, bytes: Uint8Array) => Promise<void>
  /** Removes what is too much, too old or was left half written. */
  readonly sweep: () => Promise<void>
}

export type FrameCacheOptions = {
  readonly folder: string
  /** Files that were used least recently leave above so many bytes. */
  readonly mostBytes: number
  /** Seconds since 1970. */
  readonly clock: () => number
}

/** Nobody looks at them any more; a film's frames should not outlive it by years. */
const unusedSeconds = 30 * 86_400
/** No write takes so long: its writer was killed. */
const unfinishedSeconds = 3_600
/** A full folder gets this much room at once, so that not every new file sweeps it. */
const roomShare = 0.9
/** Other processes keep files here too: what they have added is looked at after so many of our own. */
const keptBetweenLooks = 256

const unfinishedEnding = '.unfinished'

type Entry = { readonly name: string; readonly bytes: number; readonly usedAt: number }

/** What lies in the folder; files that go meanwhile are left out: another process sweeps as well. */
const list = async (folder: string): Promise<readonly Entry[]> => {
  const names = await readdir(folder)
  const entries = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (found): Entry => ({ name, bytes: found.size, usedAt: found.mtimeMs / 1000 }),
        () => null,
      ),
    ),
  )
  return entries.filter((entry) => entry !== null)
}

/**
 * Opens a cache of files in `folder`, which is made where it is missing. Several processes may use one folder: files
 * appear whole under their names and never change, and one that another process has removed is simply made again. What
 * was used when stands in the files' own times.
 */
export const createFrameCache = ({ folder, mostBytes, clock }: FrameCacheOptions): FrameCache => {
  let bytes = 0
  let keptSinceLook = Number.POSITIVE_INFINITY
  let sweeping: Promise<void> | null = null

  const sweepNow = async (): Promise<void> => {
    makeFolder(folder)
    const now = clock()
    const goes = ({ name, usedAt }: Entry): boolean =>
      now - usedAt > (name.endsWith(unfinishedEnding) ? unfinishedSeconds : unusedSeconds)
    const entries = await list(folder)
    const old = entries.filter(goes)
    const kept = entries.filter((entry) => !goes(entry)).sort((a, b) => a.usedAt - b.usedAt)
    let total = kept.reduce((sum, entry) => sum + entry.bytes, 0)
    const tooMuch: Entry[] = []
    if (total > mostBytes) {
      for (const entry of kept) {
        if (total <= mostBytes * roomShare) break
        if (entry.name.endsWith(unfinishedEnding)) continue
        tooMuch.push(entry)
        total -= entry.bytes
      }
    }
    await Promise.all([...old, ...tooMuch].map(({ name }) => rm(join(folder, name), { force: true })))
    bytes = total
    keptSinceLook = 0
  }

  const sweep = (): Promise<void> => {
    sweeping ??= sweepNow().finally(() => {
      sweeping = null
    })
    return sweeping
  }

  return {
    find: async (name) => {
      const path = join(folder, name)
      const now = clock()
      const touched = await utimes(path, now, now).then(
        () => true,
        () => false,
      )
      // A disk that only gives refuses the time of a file that is there: it then leaves sooner.
      return touched || (await stat(path).catch(() => null)) !== null ? path : null
    },
    keep: async (name, content) => {
      makeFolder(folder)
      const unfinished = join(folder, `.${name}.${randomUUID()}${unfinishedEnding}`)
      try {
        {
          // On the disk before it has its name: half a picture would be shown for a month.
          await using handle = await open(unfinished, 'wx')
          await handle.writeFile(content)
          await handle.sync()
        }
        const now = clock()
        await utimes(unfinished, now, now)
        await rename(unfinished, join(folder, name))
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
      bytes += content.byteLength
      keptSinceLook += 1
      if (bytes > mostBytes || keptSinceLook > keptBetweenLooks) await sweep()
    },
    sweep,
  }
}
