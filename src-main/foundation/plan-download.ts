import type { RegistryEntry, RegistryFile } from '../../src-preload/contract/model-registry.ts'
import type { DownloadNetwork } from './download-network.ts'
import type { Digest } from './file-digest.ts'
import { commitOf, fileAddress, filesOf, type HubFile } from './model-hub.ts'
import { RequestProblem } from './retry-patiently.ts'

export type Role = RegistryFile['role']

/** A file as it will be fetched: everything about it is known. `name` is its name in the model's folder. */
export type PlannedFile = {
  readonly role: Role
  readonly name: string
  readonly path: string
  readonly url: string
  readonly bytes: number
  readonly digest: Digest
}

export type DownloadPlan = { readonly commit: string; readonly files: readonly PlannedFile[] }

/** The full-precision file in place of the quantised one, for the roles named. */
export const withBigger = (entry: RegistryEntry, roles: readonly Role[]): RegistryEntry => ({
  ...entry,
  files: entry.files.map((file) =>
    file.bigger === undefined || !roles.includes(file.role) ? file : { ...file, ...file.bigger },
  ),
  unverified: entry.unverified.flatMap((key) => {
    const [, index, bigger, rest] = /^files\.(\d+)\.(bigger\.)?(.+)$/.exec(key) ?? []
    const file = index === undefined ? undefined : entry.files[Number(index)]
    if (file?.bigger === undefined || !roles.includes(file.role)) return [key]
    return bigger === undefined ? [] : [`files.${index ?? ''}.${rest ?? ''}`]
  }),
})

/** The plain name that a file gets in the model's folder. */
export const nameOf = ({ role, path }: RegistryFile): string => {
  if (role === 'tokenizer') return 'tokenizer.json'
  if (role === 'text-projection') return `text-projection${path.slice(path.lastIndexOf('.'))}`
  return `${role}.onnx`
}

/** What the registry knows for sure of file `index`; null: the hub is asked. */
export const knownOf = (entry: RegistryEntry, index: number): HubFile | null => {
  const file = entry.files[index]
  const sure = (key: string): boolean => !entry.unverified.includes(`files.${index}.${key}`)
  if (file === undefined || file.bytes === null || file.sha256 === null) return null
  if (!sure('bytes') || !sure('sha256')) return null
  return { bytes: file.bytes, digest: { kind: 'sha256', hex: file.sha256 } }
}

/**
 * Finds out what the registry does not know for sure: the commit of "main", sizes and digests. What it does know is
 * never overruled by the hub: a hub that has something else there is refused. Throws a RequestProblem.
 */
export const planDownload = async (
  entry: RegistryEntry,
  network: DownloadNetwork,
  signal: AbortSignal,
): Promise<DownloadPlan> => {
  const trees = new Map<string, ReadonlyMap<string, HubFile>>()
  const own = await ownCommit(entry, network, signal)
  const files: PlannedFile[] = []
  for (const [index, file] of entry.files.entries()) {
    const repository = file.repository ?? entry.repository
    const commit =
      file.repository === undefined
        ? own
        : (file.revision ?? (await commitOf(network, repository, 'main', signal)))
    let known = knownOf(entry, index)
    if (known === null) {
      const tree = trees.get(repository) ?? (await filesOf(network, repository, commit, signal))
      trees.set(repository, tree)
      known = agreed(entry, index, tree.get(file.path))
    }
    const url = fileAddress(network.base, repository, commit, file.path)
    files.push({ role: file.role, name: nameOf(file), path: file.path, url, ...known })
  }
  return { commit: own, files }
}

/** A commit that nobody has seen twice may be gone: then what "main" is now. */
const ownCommit = async (
  { repository, revision, unverified }: RegistryEntry,
  network: DownloadNetwork,
  signal: AbortSignal,
): Promise<string> => {
  if (revision !== null && !unverified.includes('revision')) return revision
  try {
    return await commitOf(network, repository, revision ?? 'main', signal)
  } catch (error) {
    if (revision === null || !(error instanceof RequestProblem) || error.status !== 404) throw error
    return commitOf(network, repository, 'main', signal)
  }
}

/** What the hub says of a file, if it does not contradict the half that the registry is sure of. */
const agreed = (entry: RegistryEntry, index: number, found: HubFile | undefined): HubFile => {
  const file = entry.files[index]
  if (file === undefined || found === undefined)
    throw new RequestProblem(`${entry.repository} has no ${file?.path ?? 'file'}`, {
      again: false,
      advice: 'The model has changed its place. A newer Kinora may know it.',
    })
  const { bytes, sha256 } = file
  const differs = (key: string, mine: unknown, theirs: unknown): boolean =>
    mine !== null && mine !== theirs && !entry.unverified.includes(`files.${index}.${key}`)
  const digest = found.digest.kind === 'sha256' ? found.digest.hex : sha256
  if (differs('bytes', bytes, found.bytes) || differs('sha256', sha256, digest))
    throw new RequestProblem(`${file.path} in ${entry.repository} is another file than Kinora knows`, {
      again: false,
      advice: 'The model has changed. A newer Kinora may know it.',
    })
  return found
}
