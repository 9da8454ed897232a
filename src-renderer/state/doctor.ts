import { create } from 'zustand'
import type { DoctorCheck } from '../../src-preload/contract/nouns.ts'
import { library } from '../api/library.ts'
import { tellError } from './notices.ts'

type Doctor = {
  readonly checks: readonly DoctorCheck[] | null
  readonly isRunning: boolean
  readonly run: () => Promise<void>
}

/** Does every part work? Asked only when the person wants to know: the checks take some seconds. */
export const useDoctor = create<Doctor>((set) => ({
  checks: null,
  isRunning: false,
  run: async () => {
    set({ isRunning: true })
    const result = await library.call.doctor.run({})
    if (result.ok) set({ checks: result.value, isRunning: false })
    else {
      set({ isRunning: false })
      tellError(result.error)
    }
  },
}))
