import { create } from 'zustand'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import { library } from '../api/library.ts'

type Cards = { readonly byId: ReadonlyMap<string, VideoCard> }

const known = new Map<string, VideoCard>()
const asked = new Set<string>()

/** What does the video with this id look like? Filled by lists, and by `wantCards` for the rest. */
const useCards = create<Cards>(() => ({ byId: known }))

export const useCard = (id: string): VideoCard | undefined => useCards(({ byId }) => byId.get(id))

/** Lists tell what they have seen anyway; nobody waits for it, so only open answers are told. */
export const putCards = (cards: readonly VideoCard[]): void => {
  for (const card of cards) known.set(card.id, card)
}

const fetchCard = async (id: string): Promise<void> => {
  const result = await library.call.videos.get({ id })
  asked.delete(id)
  if (result.ok) known.set(id, result.value)
}

/** Fetches the cards that are not known yet. */
export const wantCards = async (ids: readonly string[]): Promise<void> => {
  const missing = [...new Set(ids)].filter((id) => !known.has(id) && !asked.has(id))
  for (const id of missing) asked.add(id)
  await Promise.all(missing.map(fetchCard))
  useCards.setState({ byId: new Map(known) })
}

/** Forgets a video that has changed and fetches it where it is shown. */
export const renewCard = async (id: string): Promise<void> => {
  if (!known.has(id)) return
  await fetchCard(id)
  useCards.setState({ byId: new Map(known) })
}
