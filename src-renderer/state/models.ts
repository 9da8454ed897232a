import type { Model } from '../../src-preload/contract/nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { tellError } from './notices.ts'
import { createResource, valueOr } from './resource.ts'
import { useWantedModel } from './wanted-model.ts'

/** The model that comes with Kinora; it knows colours and light only (resources/models/palette). */
export const builtInModel = 'palette'

/** The one that is best for most people (docs/models.md; methods.md 3, the standard tier). */
export const bestModel = 'siglip2-b32-256'

/** Which pairs of encoders and detectors of cuts are there? */
export const useModels = createResource(() => library.call.models.list({}))

export const knownModels = (): readonly Model[] => valueOr(useModels.getState().loaded, [])

/** Was it brought by a person? What Kinora offers says what it is good at. */
export const isBrought = (model: Model): boolean => model.id !== builtInModel && model.goodAt === null

const take = (result: Result<readonly Model[]>): void => {
  if (result.ok) useModels.getState().put(result.value)
  else tellError(result.error)
}

/** Searches with this model as soon as it has seen enough films; with `now`, at once. */
export const switchModel = async (id: string, now = false): Promise<void> => {
  useWantedModel.getState().want(null)
  take(await library.call.models.use({ id, ...(now ? { now } : {}) }))
}

/** Begins a download; with `andUse` the model is used when it is there. */
export const getModel = async (id: string, andUse: boolean): Promise<void> => {
  const { id: wanted, want } = useWantedModel.getState()
  if (andUse) want(id)
  else if (wanted === id) want(null)
  take(await library.call.models.get({ id }))
}

export const cancelDownload = async (id: string): Promise<void> => {
  if (useWantedModel.getState().id === id) useWantedModel.getState().want(null)
  take(await library.call.models.cancelGet({ id }))
}

export const removeModel = async (id: string): Promise<void> => take(await library.call.models.remove({ id }))

/** Forgets what a model has seen; the model stays. */
export const dropVectors = async (id: string): Promise<void> =>
  take(await library.call.models.dropVectors({ id }))

/** How often a running download is asked about, in milliseconds. */
const downloadStep = 1000
let isFollowing = false

const isDownloading = (): boolean => knownModels().some(({ state }) => state === 'downloading')

const followDownloads = async (): Promise<void> => {
  if (isFollowing) return
  isFollowing = true
  while (isDownloading()) {
    await new Promise((resolve) => setTimeout(resolve, downloadStep))
    if (isDownloading()) await useModels.getState().load()
  }
  isFollowing = false
}

/** For as long as the page lives: follows downloads, and uses what was wanted when it is there. */
export const followModels = (): void => {
  useModels.subscribe(() => {
    const wanted = knownModels().find(({ id }) => id === useWantedModel.getState().id)
    if (wanted?.state === 'ready') drop(switchModel(wanted.id))
    drop(followDownloads())
  })
}
