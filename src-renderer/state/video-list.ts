import { create } from 'zustand'
import type { StoreApi, UseBoundStore } from 'zustand'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import type { KinoraError } from '../../src-preload/contract/result.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { putCards } from './cards.ts'

export const sorts = ['created', 'added', 'name', 'duration'] as const
export type Sort = (typeof sorts)[number]

/** Videos asked for at once: a screen is 20 to 60 tiles, so one piece is several screens. */
export const pieceSize = 200

export type VideoList = {
  readonly filter: string
  readonly sort: Sort
  /** Length of the whole list; null until the first piece is there. */
  readonly total: number | null
  readonly pieces: ReadonlyMap<number, readonly VideoCard[]>
  readonly error: KinoraError | null
  /** Where the person was, for when the view comes back. */
  readonly place: { readonly scroll: number; readonly index: number }
  readonly at: (index: number) => VideoCard | undefined
  /** Sees to it that the videos with these indexes come. */
  readonly ensure: (first: number, last: number) => void
  /** Asks anew for what is looked at; what is shown stays until then. */
  readonly refresh: () => void
  readonly show: (filter: string, sort: Sort) => void
  readonly remember: (place: { readonly scroll: number; readonly index: number }) => void
}

const nowhere = { scroll: 0, index: 0 }

/** A sorted list of videos, fetched in pieces as it is looked at. */
export const createVideoList = (): UseBoundStore<StoreApi<VideoList>> => {
  let epoch = 0
  let looked = { first: 0, last: 0 }
  const asked = new Set<number>()
  /** What is shown is of another filter or order, until the first piece of this one is there. */
  let isOld = false

  return create<VideoList>((set, get) => {
    const fetchPiece = async (piece: number): Promise<void> => {
      const asking = epoch
      const { filter, sort } = get()
      const result = await library.call.videos.page({
        filter,
        sort,
        offset: piece * pieceSize,
        limit: pieceSize,
      })
      if (asking !== epoch) return
      if (!result.ok) {
        asked.delete(piece)
        set({ error: result.error, ...(isOld ? { total: null, pieces: new Map() } : {}) })
        return
      }
      putCards(result.value.videos)
      const kept = isOld ? [] : get().pieces
      isOld = false
      set({
        total: result.value.total,
        pieces: new Map(kept).set(piece, result.value.videos),
        error: null,
      })
    }

    const ensure = (first: number, last: number): void => {
      looked = { first, last }
      for (let piece = Math.floor(first / pieceSize); piece <= Math.floor(last / pieceSize); piece += 1) {
        if (asked.has(piece)) continue
        asked.add(piece)
        drop(fetchPiece(piece))
      }
    }

    return {
      filter: '',
      sort: 'created',
      total: null,
      pieces: new Map(),
      error: null,
      place: nowhere,
      at: (index) => get().pieces.get(Math.floor(index / pieceSize))?.[index % pieceSize],
      ensure,
      refresh: () => {
        epoch += 1
        asked.clear()
        const { first, last } = looked
        const kept = [...get().pieces].filter(
          ([piece]) => (piece + 1) * pieceSize > first && piece * pieceSize <= last,
        )
        set({ pieces: new Map(kept), error: null })
        ensure(first, last)
      },
      show: (filter, sort) => {
        const now = get()
        if (now.filter === filter && now.sort === sort) return
        epoch += 1
        asked.clear()
        isOld = true
        set({ filter, sort, error: null, place: nowhere })
        ensure(0, pieceSize - 1)
      },
      remember: (place) => set({ place }),
    }
  })
}

/** The whole library. */
export const useLibraryList = createVideoList()

/** What a query of filters alone lets through. */
export const useFilteredList = createVideoList()
