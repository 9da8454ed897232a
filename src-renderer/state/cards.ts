import { create } from 'zustand'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { isVideoId } from './video-id.ts'

/** So many are asked for at a time: the first ones of an answer come first, and a search that follows is not kept waiting. */
const mostAtOnce = 24

const known = new Map<string, VideoCard>()
let isAsking = false
/** What is waited for; resolved when it has come, or cannot. */
const wanted = new Map<string, PromiseWithResolvers<void>>()
/** Ids in the order in which they are wanted. */
let queue: readonly string[] = []

/** Counts what has come; the cards themselves stay in `known`, which holds as many as the library has films. */
const useArrivals = create<{ readonly count: number }>(() => ({ count: 0 }))
let isTold = true

/** Cards come by the dozen, and each telling draws what shows them: once a frame is enough. */
const tell = (): void => {
  if (!isTold) return
  isTold = false
  requestAnimationFrame(() => {
    isTold = true
    useArrivals.setState(({ count }) => ({ count: count + 1 }))
  })
}

/** What does the video with this id look like? Filled by lists, and by `wantCards` for the rest. */
export const useCard = (id: string): VideoCard | undefined => useArrivals(() => known.get(id))

/** The same for those who are not drawn. */
export const knownCard = (id: string): VideoCard | undefined => known.get(id)

/** Lists tell what they have seen anyway; nobody waits for it, so only open answers are told. */
export const putCards = (cards: readonly VideoCard[]): void => {
  for (const card of cards) known.set(card.id, card)
}

const fetchCards = async (ids: readonly string[]): Promise<void> => {
  const result = await library.call.videos.cards({ ids })
  if (!result.ok || result.value.length === 0) return
  putCards(result.value)
  tell()
}

/** One question at a time. What cannot be had is no longer waited for. */
const pump = async (): Promise<void> => {
  if (isAsking) return
  isAsking = true
  try {
    while (queue.length > 0) {
      const ids = queue.slice(0, mostAtOnce)
      queue = queue.slice(mostAtOnce)
      try {
        await fetchCards(ids)
      } finally {
        for (const id of ids) {
          wanted.get(id)?.resolve()
          wanted.delete(id)
        }
      }
    }
  } finally {
    isAsking = false
  }
}

/** Sees to it that the cards which are not known yet come, these before all that are still waited for; until they are there. */
export const wantCards = async (ids: readonly string[]): Promise<void> => {
  // A `like:` may name a path: the card of one cannot be asked for.
  const missing = [...new Set(ids)].filter((id) => isVideoId(id) && !known.has(id))
  const isNew = missing.filter((id) => !wanted.has(id))
  for (const id of isNew) wanted.set(id, Promise.withResolvers())
  const waiting = new Set([...isNew, ...queue])
  queue = [...missing.filter((id) => waiting.has(id)), ...queue.filter((id) => !missing.includes(id))]
  drop(pump())
  await Promise.all(missing.flatMap((id) => wanted.get(id)?.promise ?? []))
}

/** Forgets a video that has changed and fetches it where it is shown. */
export const renewCard = async (id: string): Promise<void> => {
  if (known.has(id)) await fetchCards([id])
}
