import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { modelRegistry, registryEntry } from '../../src-preload/contract/model-registry.ts'

const root = resolve(import.meta.dirname, '..', '..')
const json = JSON.parse(readFileSync(resolve(root, 'resources/models/registry.json'), 'utf8')) as unknown
const registry = v.parse(modelRegistry, json)

/** The value at `files.0.bigger.bytes`. */
const at = (entry: unknown, key: string): unknown =>
  key.split('.').reduce<unknown>((value, part) => (value as Readonly<Record<string, unknown>>)[part], entry)

describe('the registry of models', () => {
  test('has the tiers, each id once', () => {
    expect(registry.models.map(({ id }) => id)).toEqual([
      'clip-vit-b32-q8',
      'clip-vit-b32',
      'siglip2-b32-256',
      'siglip2-b16-256',
      'pe-core-b16-224',
      'clip-vit-b32-multilingual',
      'transnetv2',
    ])
  })

  test('has only licences that allow commercial use, and no research-only family', () => {
    for (const { licence } of registry.models) {
      expect(['MIT', 'Apache-2.0']).toContain(licence.id)
      expect(licence.commercialUse).toBe(true)
    }
    const [first] = registry.models
    for (const licence of [
      { ...first?.licence, id: 'CC-BY-NC-4.0' },
      { ...first?.licence, commercialUse: false },
    ])
      expect(v.safeParse(registryEntry, { ...first, licence }).success).toBe(false)
    expect(JSON.stringify(json)).not.toMatch(/mobileclip|metaclip|dfn|nllb|jina/i)
  })

  test.each(registry.models)('$id names every value that is missing or unsure', (entry) => {
    const unsure = new Set(entry.unverified)
    for (const key of unsure) expect(at(entry, key), key).not.toBe(undefined)
    for (const [index, file] of entry.files.entries()) {
      if (file.bytes === null) expect(unsure).toContain(`files.${index}.bytes`)
      if (file.sha256 === null) expect(unsure).toContain(`files.${index}.sha256`)
      if (file.bigger?.sha256 === null) expect(unsure).toContain(`files.${index}.bigger.sha256`)
    }
    if (entry.revision === null) expect(unsure).toContain('revision')
  })

  test.each(registry.models)('$id has the files of its kind, and says its size', (entry) => {
    const roles = entry.files.map(({ role }) => role)
    if (entry.kind === 'shots') expect(roles).toEqual(['shots'])
    else expect(roles).toEqual(expect.arrayContaining(['image', 'text', 'tokenizer']))
    expect(new Set(roles).size).toBe(roles.length)
    const bytes = entry.files.map((file) => file.bytes ?? NaN).reduce((sum, size) => sum + size, 0)
    if (!Number.isNaN(bytes)) expect(Math.round(bytes / 1e6)).toBe(entry.cost.megabytes)
  })

  test('takes the preprocessing of methods.md 3', () => {
    for (const entry of registry.models) {
      if (entry.kind !== 'pair') continue
      const isClip = entry.id.startsWith('clip-')
      expect(entry.image.resize).toBe(isClip ? 'shortest-side-then-centre-crop' : 'stretch')
      expect(entry.image.interpolation).toBe(isClip ? 'bicubic' : 'bilinear')
      expect(entry.image.mean[0]).toBe(isClip ? 0.48145466 : 0.5)
      expect(entry.image.outputs[0]).toBe('image_embeds')
      if (entry.family === 'siglip')
        expect(entry.text).toMatchObject({ lowercase: true, contextLength: 64, padId: 0 })
      if (entry.family === 'siglip') expect(entry.image.outputs).toEqual(['image_embeds', 'pooler_output'])
    }
  })

  test('shares a picture half only with the very same file, space and preprocessing', () => {
    for (const entry of registry.models) {
      if (entry.kind !== 'pair' || entry.sharesImageWith === undefined) continue
      const other = registry.models.find(({ id }) => id === entry.sharesImageWith)
      if (other?.kind !== 'pair') throw new Error('a pair')
      const image = (of: typeof other): unknown => of.files.find(({ role }) => role === 'image')?.sha256
      expect(image(entry)).toBe(image(other))
      expect([entry.image, entry.dimensions]).toEqual([other.image, other.dimensions])
    }
  })

  test('lets nobody out of a folder', () => {
    const [first] = registry.models
    for (const path of ['../x', 'onnx/../../x', '/etc/passwd', 'a\\b', 'onnx//x', './x'])
      expect(
        v.safeParse(registryEntry, { ...first, files: [{ ...first?.files[0], path }] }).success,
        path,
      ).toBe(false)
  })
})
