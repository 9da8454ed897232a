import { expect, test } from 'vitest'
import { coalesceChanges } from '../../src-main/domain/changed-folders.ts'

const shallow = (path: string): { path: string; deep: boolean } => ({ path, deep: false })
const deep = (path: string): { path: string; deep: boolean } => ({ path, deep: true })

test('each folder once, the deeper wish wins', () => {
  expect(coalesceChanges([shallow('/v/a'), deep('/v/a'), shallow('/v/a')], '/')).toEqual([deep('/v/a')])
})

test('what lies below a deep folder is covered, below a shallow one it is not', () => {
  const changes = [shallow('/v'), deep('/v/a'), deep('/v/a/b'), shallow('/v/a/b/c'), shallow('/v/ab')]
  expect(coalesceChanges(changes, '/')).toEqual([shallow('/v'), deep('/v/a'), shallow('/v/ab')])
})

test('nothing stays nothing, and the other separator works', () => {
  expect(coalesceChanges([], '/')).toEqual([])
  expect(coalesceChanges([deep('C:\\v'), shallow('C:\\v\\a')], '\\')).toEqual([deep('C:\\v')])
})
