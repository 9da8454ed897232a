import { create } from 'zustand'
import { drop } from '../api/drop.ts'
import { useFolders } from './folders.ts'
import { builtInModel, getModel } from './models.ts'
import { valueOr } from './resource.ts'

type FirstModel = {
  readonly id: string
  readonly choose: (id: string) => void
}

/** The model that was chosen on the first screen: it is downloaded when there is something to look at. */
export const useFirstModel = create<FirstModel>((set) => ({
  id: builtInModel,
  choose: (id) => set({ id }),
}))

/** Begins the download beside the indexing of the first folder. */
export const followFirstFolder = (): void => {
  useFolders.subscribe((now, before) => {
    const { id, choose } = useFirstModel.getState()
    const isFirst = valueOr(before.loaded, null)?.length === 0 && valueOr(now.loaded, []).length > 0
    if (!isFirst || id === builtInModel) return
    choose(builtInModel)
    drop(getModel(id, true))
  })
}
