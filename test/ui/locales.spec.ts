import { expect, test } from '@playwright/test'
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

const keysOf = (tree: unknown, path = ''): readonly string[] =>
  typeof tree === 'object' && tree !== null
    ? Object.entries(tree).flatMap(([key, value]) => keysOf(value, path === '' ? key : `${path}.${key}`))
    : [path]

const keysIn = (language: string): readonly string[] =>
  keysOf(JSON.parse(readFileSync(join(root, `resources/locales/${language}.json`), 'utf8')))

const sources = readdirSync(join(root, 'src-renderer'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(root, 'src-renderer', name), 'utf8'))
  .join('\n')

test('English and German have the same keys', () => {
  expect(keysIn('de')).toEqual(keysIn('en'))
})

test('every text is used', () => {
  // t('a.b') or t(`a.${x}.b`): the type checker sees to it that every used key is there.
  const patterns = [...sources.matchAll(/\bt\(\s*(?:'([^']+)'|`([^`]+)`)/g)].map(([, plain, template]) => {
    const parts = (plain ?? template ?? '').split(/\$\{[^}]*\}/).map((part) => RegExp.escape(part))
    return new RegExp(`^${parts.join('[^.]+')}(_one|_other)?$`)
  })
  expect(patterns.length).toBeGreaterThan(100)
  const menu = readFileSync(join(root, 'src-main/shell/menu-texts.ts'), 'utf8')
  const isUsed = (key: string): boolean =>
    key.startsWith('appMenu.')
      ? menu.includes(key.slice('appMenu.'.length))
      : patterns.some((pattern) => pattern.test(key))
  const unused = keysIn('en').filter((key) => !isUsed(key))
  expect(unused).toEqual([])
})

test('no text stands in the components', () => {
  const texts = [...sources.matchAll(/>\s*([A-Z][a-z]{2,}[^<>{}=;]*)<\//g)].map(([, text]) => text?.trim())
  expect(texts.filter((text) => text !== 'Kinora')).toEqual([])
})
