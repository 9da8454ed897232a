import { describe, expect, it } from 'vitest'
import { planSegments } from '../../src-main/catalog/segment-plan.ts'

describe('what is built next', () => {
  const full = { size: 100, living: 90 }
  const sparse = { size: 100, living: 49 }
  const dead = { size: 100, living: 0 }

  it('is nothing while memory is small and most of every segment lives', () => {
    expect(planSegments([], 99, 100)).toBeNull()
    expect(planSegments([full, { size: 100, living: 50 }, { size: 0, living: 0 }], 99, 100)).toBeNull()
  })

  it('is memory when it is full, with the sparse segments just before it, and everything once there are many', () => {
    expect(planSegments([full, sparse, full], 100, 100)).toEqual({ first: 3, end: 3, memory: true })
    expect(planSegments([full, sparse, dead], 100, 100)).toEqual({ first: 1, end: 3, memory: true })
    expect(planSegments([dead, dead], 100, 100)).toEqual({ first: 0, end: 2, memory: true })
    const many = Array.from({ length: 8 }, () => full)
    expect(planSegments(many, 100, 100)).toEqual({ first: 0, end: 8, memory: true })
  })

  it('is else the first run of sparse segments', () => {
    expect(planSegments([full, sparse, dead, full, sparse], 0, 100)).toEqual({
      first: 1,
      end: 3,
      memory: false,
    })
    expect(planSegments([full, sparse], 0, 100)).toEqual({ first: 1, end: 2, memory: false })
  })
})
