import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The house's floors (README): imports go down, or stay inside one folder; peers do not know each other. */
const root = resolve(import.meta.dirname, '..', '..')
const floors: readonly (readonly [prefix: string, floor: number])[] = [
  ['src-preload/contract/', 1],
  ['src-main/domain/', 2],
  ['src-main/foundation/', 3],
  ['src-main/catalog/', 4],
  ['src-main/indexer/', 4],
  ['src-main/encoder/', 4],
  ['src-main/shell/', 5],
  ['src-main/web/', 5],
  ['src-main/terminal/', 5],
  ['src-preload/', 5],
  ['src-main/', 6],
]
const rendererFloors = ['api', 'state', 'parts', 'views', 'app', 'main.tsx']

const files = ['src-main', 'src-preload', 'src-renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name)),
)
const source = (file: string): string => readFileSync(join(root, file), 'utf8')
const code = (file: string): string => source(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
const importsOf = (file: string): readonly string[] =>
  [...source(file).matchAll(/(?:^|\n)(?:import|export)\s[^'"]*?from\s+['"](\.[^'"]+)['"]/g)]
    .map(([, target = '']) => relative(root, resolve(root, dirname(file), target)))
    .filter((target) => /\.tsx?$/.test(target))
const placeOf = (file: string): readonly [string, number] =>
  floors.find(([prefix]) => file.startsWith(prefix)) ?? ['?', 0]
const rendererFloor = (file: string): number => rendererFloors.indexOf(file.split('/')[1] ?? '')

const mayImport = (from: string, to: string): boolean => {
  const isPage = from.startsWith('src-renderer/')
  if (isPage && to.startsWith('src-renderer/')) return rendererFloor(to) <= rendererFloor(from)
  if (isPage) return to.startsWith('src-preload/contract/') || to.startsWith('src-main/domain/')
  if (to.startsWith('src-renderer/')) return false
  const [fromFolder, fromFloor] = placeOf(from)
  const [toFolder, toFloor] = placeOf(to)
  return fromFolder === toFolder || toFloor < fromFloor
}

/** Files on a cycle of imports, by depth-first search. */
const cycles = (): readonly string[] => {
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') return void found.push([...path, file].join(' -> '))
    state.set(file, 'open')
    for (const next of importsOf(file)) visit(next, [...path, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  return found
}

describe('the house', () => {
  it('has imports that only go down', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => !mayImport(file, target))
        .map((target) => `${file} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('has no cycles', () => expect(cycles()).toEqual([]))

  it('has no barrels, default exports or files that are too long', () => {
    const wrong = files.flatMap((file) => {
      const text = source(file)
      const lines = text.split('\n').length
      return [
        ...(/(^|\n)export\s+(\*|\{[^}]*\})\s+from\s/.test(text) ? [`${file} re-exports`] : []),
        ...(/(^|\n)export\s+default\b/.test(text) ? [`${file} has a default export`] : []),
        ...(lines > 400 ? [`${file} has ${lines} lines`] : []),
        ...(/\/(utils|helpers|common|misc|types)\.tsx?$/.test(file) ? [`${file} is named for nothing`] : []),
      ]
    })
    expect(wrong).toEqual([])
  })

  it('keeps Node and the DOM out of the pure floors', () => {
    const pure = files.filter((file) => /^src-(preload\/contract|main\/domain)\//.test(file))
    const wrong = pure.filter((file) =>
      /from 'node:|\bprocess\.|\bDate\.now\(|\bMath\.random\(/.test(code(file)),
    )
    expect(wrong).toEqual([])
  })
})
