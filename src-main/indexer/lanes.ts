import type { Task } from '../../src-preload/contract/indexer-api.ts'
import type { IndexerLink } from './indexer-link.ts'

export type Lane = 'scan' | 'probe' | 'decode'

export type LaneOptions = {
  readonly link: IndexerLink
  /** How many tasks of each lane are worked on at once. */
  readonly slots: Readonly<Record<Lane, number>>
  readonly work: (task: Task, signal: AbortSignal) => Promise<void>
  /** The process is going down: tasks in hand are given back. */
  readonly signal: AbortSignal
}

/**
 * Pulls tasks and works on them, one loop a slot. A task that the catalog takes back (`stop`), or that is in hand
 * when the process goes down, is aborted and released. Settles when every loop has ended.
 */
export const runLanes = async ({ link, slots, work, signal }: LaneOptions): Promise<void> => {
  const inHand = new Map<number, AbortController>()
  const stopListening = link.on('stop', ({ tasks }) => {
    for (const id of tasks) inHand.get(id)?.abort()
  })

  const loop = async (lane: Lane): Promise<void> => {
    while (!signal.aborted) {
      const task = await link.call.work.next({ lane }, { signal })
      if (!task.ok) return
      const controller = new AbortController()
      const both = AbortSignal.any([signal, controller.signal])
      inHand.set(task.value.id, controller)
      await work(task.value, both)
      inHand.delete(task.value.id)
      if (both.aborted) await link.call.work.release({ task: task.value.id })
    }
  }
  await Promise.all(
    Object.entries(slots).flatMap(([lane, count]) => Array.from({ length: count }, () => loop(lane as Lane))),
  )
  stopListening()
}
