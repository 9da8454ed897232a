import * as v from 'valibot'
import type { DownloadNetwork } from './download-network.ts'
import type { Digest } from './file-digest.ts'
import { connectionProblem } from './request-problems.ts'
import { RequestProblem } from './retry-patiently.ts'

/** What the hub says of a file: LFS files by sha256, small ones only by git's own name for them. */
export type HubFile = { readonly bytes: number; readonly digest: Digest }

const commitAnswer = v.object({ sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)) })
const treeAnswer = v.array(
  v.object({
    type: v.string(),
    path: v.string(),
    oid: v.string(),
    size: v.optional(v.number(), 0),
    lfs: v.optional(v.object({ oid: v.string(), size: v.number() })),
  }),
)

/** Metadata is a few kB; what is longer is something else. */
const mostBytes = 8e6
/** A tree comes in pages of a thousand; our repositories have dozens of files. */
const mostPages = 10

/** Where a repository's file is downloaded from: at one commit, so that it cannot change meanwhile. */
export const fileAddress = (base: string, repository: string, commit: string, path: string): string =>
  `${base}/${repository}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`

/** The commit that a branch, such as `main`, stands at. Throws a RequestProblem. */
export const commitOf = async (
  network: DownloadNetwork,
  repository: string,
  revision: string,
  signal: AbortSignal,
): Promise<string> => {
  const url = `${network.base}/api/models/${repository}/revision/${revision}`
  return (await askJson(network, url, commitAnswer, signal)).value.sha
}

/** All files of a repository at a commit, by path. Throws a RequestProblem. */
export const filesOf = async (
  network: DownloadNetwork,
  repository: string,
  commit: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, HubFile>> => {
  const files = new Map<string, HubFile>()
  let url: string | null = `${network.base}/api/models/${repository}/tree/${commit}?recursive=true`
  for (let page = 0; url !== null && page < mostPages; page += 1) {
    const answer: Page = await askJson(network, url, treeAnswer, signal)
    for (const entry of answer.value) if (entry.type === 'file') files.set(entry.path, fileOf(entry))
    url = answer.next
  }
  return files
}

type Page = { readonly value: v.InferOutput<typeof treeAnswer>; readonly next: string | null }

const fileOf = ({ oid, size, lfs }: v.InferOutput<typeof treeAnswer>[number]): HubFile => {
  if (lfs === undefined) return { bytes: size, digest: { kind: 'git-blob', hex: oid } }
  return { bytes: lfs.size, digest: { kind: 'sha256', hex: lfs.oid.replace(/^sha256:/, '') } }
}

const askJson = async <Schema extends v.GenericSchema>(
  network: DownloadNetwork,
  url: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<{ readonly value: v.InferOutput<Schema>; readonly next: string | null }> => {
  const { body, header } = await network.get(url, { accept: 'application/json' }, signal)
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of body) {
      length += piece.length
      if (length > mostBytes) break
      pieces.push(piece)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw connectionProblem(error, new URL(url).host, network.stall)
  } finally {
    body.stop()
  }
  const parsed = v.safeParse(schema, jsonOrNull(Buffer.concat(pieces).toString('utf8')))
  if (!parsed.success)
    throw new RequestProblem(`${new URL(url).host} answers with something else than a list of files`, {
      again: false,
      advice: 'A login page of the network may stand between: open it in a browser, then try again.',
    })
  const next = /<([^>]+)>\s*;\s*rel="next"/.exec(header('link') ?? '')?.[1] ?? null
  return { value: parsed.output, next: next === null ? null : new URL(next, url).href }
}

const jsonOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // The caller says that it is something else.
    return null
  }
}
