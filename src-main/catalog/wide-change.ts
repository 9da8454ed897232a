import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { wideModes } from '../../src-preload/contract/wide-pictures.ts'
import type { WideChoice, WideMode, WidePictures } from '../../src-preload/contract/wide-pictures.ts'
import { isSeenRight, picturesOf } from '../domain/wide-pictures.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import type { ModelCosts } from './model-cost.ts'
import type { KnownModel } from './models.ts'
import { wideMode } from './settings.ts'
import type { Store } from './store.ts'

/**
 * Keeps what is seen of wide frames as the setting wants it: vectors of another mode are made again, by the usual jobs,
 * and answer until then. Both kinds lie in one space, so that mixing them is harmless.
 */
export type WideChange = {
  /**
   * Looks at the vectors of the models in use, after a change of the setting or of the model and at the start, where
   * a change may have been cut off. Settles when the jobs are in order.
   */
  readonly check: () => Promise<void>
  /** Settles when no check is under way. */
  readonly settled: () => Promise<void>
  /** What is set, and what each way would cost. Errors: those of opening the model. */
  readonly describe: () => Promise<Result<WidePictures>>
}

export type WideChangeOptions = {
  readonly store: Store
  readonly costs: Pick<ModelCosts, 'work'>
  /** A check is over: other jobs may be missing than before. */
  readonly onJobs: () => void
}

type Image = ModelManifest['image']

/** See `WideChange`. */
export const createWideChange = ({ store, costs, onJobs }: WideChangeOptions): WideChange => {
  const { database, models, sights, jobs, settings } = store
  let checking: Promise<void> = Promise.resolve()
  const isOpen = (): boolean => database.open

  /** All in one transaction: jobs and marks lie in one file. */
  const judge = database.transaction((model: string, image: Image): void => {
    const mode = wideMode(settings)
    // Nobody has ever wanted anything else here.
    if ((sights.judgedBy(model) ?? 'crop') === mode) return
    let changed = 0
    for (const film of sights.each(model)) {
      const again = !isSeenRight(image, film, mode, film.seen)
      if (again === film.again) continue
      // One that waits anyway will see it as it is wanted, and one that failed would fail again.
      if (again && !jobs.again({ ...film, model })) continue
      if (!again) jobs.enough({ ...film, model })
      sights.mark(film, model, again)
      changed += 1
    }
    sights.judged(model, mode)
    if (changed > 0) store.calibrations.outdate(model)
  })
  const imageOf = async (space: string): Promise<Result<Image> | null> => {
    const place = models.place(space)
    if (place === null) return null
    const folder = await openModelFolder(place.directory, { verify: false })
    return folder.ok ? ok(folder.value.manifest.image) : folder
  }
  const checkNow = async (): Promise<void> => {
    if (!isOpen()) return
    for (const space of new Set([models.currentSpace(), models.targetSpace()])) {
      if (!isOpen()) return
      const image = await imageOf(space)
      // A model that has gone has no vectors to be made, and a broken one makes none: its own problem says so.
      if (image?.ok === true && isOpen()) judge(space, image.value)
    }
    if (isOpen()) onJobs()
  }
  const choiceOf = (model: KnownModel, space: string, image: Image, mode: WideMode): WideChoice => {
    const wrong = sights.groups(space).filter((group) => !isSeenRight(image, group, mode, group.seen))
    const sum = (of: 'films' | 'seconds'): number => wrong.reduce((all, group) => all + group[of], 0)
    const pictures = image.resize === 'stretch' ? 1 : picturesOf[mode]
    return { mode, pictures, films: sum('films'), ...costs.work(model, sum('seconds'), pictures) }
  }

  return {
    check: () => {
      // One after the other, and never left out: the setting may have changed since the last one read it.
      checking = checking.then(checkNow)
      return checking
    },
    settled: () => checking,
    describe: async () => {
      const id = models.nextId() ?? models.currentId()
      const model = models.get(id)
      const image = await imageOf(models.spaceOf(id))
      if (model === null || image === null) return models.unknown(id)
      if (!image.ok) return image
      return ok({
        mode: wideMode(settings),
        model: id,
        crops: image.value.resize !== 'stretch',
        choices: wideModes.map((mode) => choiceOf(model, models.spaceOf(id), image.value, mode)),
      })
    },
  }
}
