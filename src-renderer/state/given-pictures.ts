import { create } from 'zustand'
import type { KeptPicture } from '../../src-preload/contract/search-nouns.ts'
import { library } from '../api/library.ts'
import { addSimilar } from './find-similar.ts'
import { tellError, tellNews } from './notices.ts'
import { smallPicture } from './small-picture.ts'

type GivenPictures = {
  /** A picture is being read and kept. */
  readonly isTaking: boolean
  readonly byId: ReadonlyMap<string, KeptPicture>
}

/** Which pictures were given to search with, in this window? Their names; the pictures themselves the library keeps. */
export const useGivenPictures = create<GivenPictures>(() => ({ isTaking: false, byId: new Map() }))

/** A file's name is at most so long (contract/arguments.ts). */
const longestName = 255

/** Searches for moments that look like the picture in `file`, beside what stands in the box. */
export const searchWithPicture = async (file: File): Promise<void> => {
  useGivenPictures.setState({ isTaking: true })
  try {
    const bytes = await smallPicture(file)
    if (bytes === null) {
      tellNews('unreadable-picture', file.name)
      return
    }
    const result = await library.call.search.keepPicture({ bytes, name: file.name.slice(0, longestName) })
    if (!result.ok) {
      tellError(result.error)
      return
    }
    const kept = result.value
    useGivenPictures.setState(({ byId }) => ({ byId: new Map(byId).set(kept.id, kept) }))
    addSimilar({ kind: 'picture', id: kept.id })
  } finally {
    useGivenPictures.setState({ isTaking: false })
  }
}

/** The picture among files that were dropped, pasted or chosen: the first that says it is one, else the first. */
export const takePictures = async (files: readonly File[]): Promise<void> => {
  const picture = files.find(({ type }) => type.startsWith('image/')) ?? files[0]
  if (picture === undefined) tellNews('no-picture', '')
  else await searchWithPicture(picture)
}
