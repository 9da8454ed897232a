import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { RegistryEntry, RegistryPair } from '../../src-preload/contract/model-registry.ts'
import { expectOk, type Result } from '../../src-preload/contract/result.ts'
import type { DownloadProgress } from '../../src-main/domain/download-progress.ts'
import {
  discardDownload,
  downloadModel,
  type ModelDownload,
} from '../../src-main/foundation/download-model.ts'
import { choosePort } from '../../src-main/foundation/graph-names.ts'
import { openImageTower } from '../../src-main/foundation/image-tower.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openShotModel } from '../../src-main/foundation/shot-model.ts'
import { readPorts } from '../../src-main/foundation/read-ports.ts'
import { sideLoad } from '../../src-main/foundation/side-load.ts'
import { openTextTower } from '../../src-main/foundation/text-tower.ts'
import { scratchFolder } from '../indexer/scratch.ts'
import { openBreakingHub, sha256 } from './breaking-hub.ts'
import { namesIn, testNetwork, testTools } from './download-tools.ts'
import { writeTinyModel } from './tiny-model.ts'
import { writeTinyShotModel } from './tiny-shot-model.ts'
import { dimensions, width, writeMatrix, writeTower } from './word-tower.ts'

const hub = await openBreakingHub()
const { network, lines } = testNetwork(hub.base)
const tiny = await writeTinyModel()
const read = (name: string): Buffer => readFileSync(join(tiny, name))
const commit = 'c'.repeat(40)
const files = {
  'onnx/vision_model.onnx': read('image.onnx'),
  'onnx/text_model_int8.onnx': read('text.onnx'),
  'onnx/text_model.onnx': read('text.onnx'),
  'tokenizer.json': read('tokenizer.json'),
}

beforeEach(() => {
  hub.repositories['kinora/tiny'] = { commit, files, small: ['tokenizer.json'] }
  hub.misdeeds.length = 0
  hub.asked.length = 0
  lines.length = 0
})

const entry: RegistryPair = {
  id: 'tiny-hub',
  name: 'Tiny',
  kind: 'pair',
  tier: 'lite',
  family: 'siglip',
  repository: 'kinora/tiny',
  revision: null,
  files: [
    { role: 'image', path: 'onnx/vision_model.onnx', bytes: null, sha256: null },
    {
      role: 'text',
      path: 'onnx/text_model_int8.onnx',
      bytes: read('text.onnx').length,
      sha256: sha256(read('text.onnx')),
      bigger: { path: 'onnx/text_model.onnx', bytes: null, sha256: null },
    },
    { role: 'tokenizer', path: 'tokenizer.json', bytes: 1, sha256: null },
  ],
  dimensions: 24 * 49,
  image: {
    ...{ width: 224, height: 224, resize: 'stretch', interpolation: 'bilinear' },
    ...{ mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], fixedBatch: null },
    ...{ inputs: ['pixel_values'], outputs: ['image_embeds', 'pooler_output'] },
  },
  text: {
    contextLength: 8,
    padId: 3,
    lowercase: true,
    inputs: ['input_ids'],
    masks: ['mask'],
    outputs: ['text_embeds'],
  },
  ...{ logitScale: 112, logitBias: -16, promptTemplates: ['{}'], languages: ['mul'] },
  licence: { id: 'MIT', commercialUse: true, words: { en: 'free', de: 'frei' } },
  cost: { megabytes: 1, relativeTime: 1 },
  goodAt: { en: 'Tests.', de: 'Tests.' },
  unverified: ['revision', 'files.0.bytes', 'files.0.sha256', 'files.2.bytes', 'files.2.sha256'],
}

const tools = (change: Partial<ModelDownload> = {}): ModelDownload => ({
  ...testTools(network),
  clock: () => performance.now() / 1000,
  onProgress: () => undefined,
  readPorts,
  ...change,
})
const failure = (result: Result<unknown>): string => {
  if (result.ok) throw new Error('expected a failure')
  return `${result.error.code}: ${result.error.message}`
}
const resolved = (): readonly string[] =>
  hub.asked.filter(({ url }) => url.includes('/resolve/')).map(({ url }) => url)

describe('downloading a model', () => {
  test('asks the hub for what is unsure, and leaves a folder that opens and computes', async () => {
    const parent = scratchFolder()
    const names = namesIn(parent)
    const directory = join(parent, 'tiny-hub')
    const heard: DownloadProgress[] = []
    expectOk(
      await downloadModel(entry, directory, tools({ onProgress: (now) => void heard.push(now) })),
      'whole',
    )
    expect([...names()].sort()).toEqual(['tiny-hub', 'tiny-hub.part'])
    expect(readdirSync(directory).sort()).toEqual(['image.onnx', 'model.json', 'text.onnx', 'tokenizer.json'])
    expect(heard.at(-1)).toMatchObject({ bytes: heard[0]?.total, total: heard[0]?.total })
    const folder = expectOk(await openModelFolder(directory, { verify: true }), 'whole')
    expect(folder.manifest).toMatchObject({
      id: 'tiny-hub',
      source: { repository: 'kinora/tiny', revision: commit },
      languages: ['mul'],
      image: {
        input: 'pixels',
        output: 'image_embeds',
        bytes: files['onnx/vision_model.onnx'].length,
        fixedBatch: null,
      },
      text: { input: 'ids', attentionMask: 'mask', output: 'text_embeds' },
    })
    const image = expectOk(await openImageTower(folder, { threads: 1 }), 'image')
    const text = expectOk(await openTextTower(folder, { threads: 1 }), 'text')
    const [vector] = expectOk(await text.embedBatch(['red sky']), 'a vector')
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5)
    await image.dispose()
    await text.dispose()
    expect(lines).toHaveLength(hub.asked.length)
    expect(resolved().every((url) => url.includes(`/resolve/${commit}/`))).toBe(true)
    // Again: it is there, nobody is asked.
    hub.asked.length = 0
    expectOk(await downloadModel(entry, directory, tools()), 'there')
    expect(hub.asked).toEqual([])
  })

  test('asks no metadata where everything is known', async () => {
    const known: RegistryPair = {
      ...entry,
      revision: commit,
      unverified: [],
      files: entry.files.map((file) => {
        const bytes = files[file.path as keyof typeof files]
        return { ...file, bytes: bytes.length, sha256: sha256(bytes) }
      }),
    }
    expectOk(await downloadModel(known, join(scratchFolder(), 'm'), tools()), 'whole')
    expect(hub.asked).toHaveLength(3)
  })

  test('takes the bigger file when it is told to', async () => {
    const directory = join(scratchFolder(), 'm')
    expectOk(await downloadModel(entry, directory, tools({ bigger: ['text'] })), 'whole')
    expect(resolved().some((url) => url.endsWith('/onnx/text_model.onnx'))).toBe(true)
    expect(resolved().some((url) => url.endsWith('/onnx/text_model_int8.onnx'))).toBe(false)
  })

  test('refuses a hub that has another file than the registry knows', async () => {
    const other = Buffer.concat([Buffer.alloc(9), files['onnx/text_model_int8.onnx']])
    hub.repositories['kinora/tiny'] = { commit, files: { ...files, 'onnx/text_model_int8.onnx': other } }
    const parent = scratchFolder()
    expect(failure(await downloadModel(entry, join(parent, 'm'), tools()))).toMatch(
      /download-failed: .* not the file it should be/,
    )
    expect(existsSync(join(parent, 'm'))).toBe(false)
    const half = { ...entry, unverified: [...entry.unverified, 'files.1.bytes'] }
    expect(failure(await downloadModel(half, join(parent, 'n'), tools()))).toContain(
      'another file than Kinora knows',
    )
    hub.repositories['kinora/tiny'] = { commit, files: { 'tokenizer.json': files['tokenizer.json'] } }
    expect(failure(await downloadModel(entry, join(parent, 'o'), tools()))).toContain(
      'has no onnx/vision_model.onnx',
    )
    delete hub.repositories['kinora/tiny']
    expect(failure(await downloadModel(entry, join(parent, 'p'), tools()))).toContain('is not there (404)')
    expect(readdirSync(parent)).toEqual(['m.part'])
  })

  test('takes "main" where a commit that was not sure is gone', async () => {
    const gone = { ...entry, revision: 'd'.repeat(40) }
    expectOk(await downloadModel(gone, join(scratchFolder(), 'm'), tools()), 'main')
    const sure = { ...gone, unverified: entry.unverified.filter((key) => key !== 'revision') }
    expect(failure(await downloadModel(sure, join(scratchFolder(), 'm'), tools()))).toContain('(404)')
  })

  test('goes on after a break where it stopped; what is whole is not asked for again', async () => {
    const directory = join(scratchFolder(), 'm')
    const impatient = tools({ patience: { retries: -1, firstWait: 0, longestWait: 0 } })
    hub.misdeeds.push(null, { do: 'cut', after: 1000 })
    expect(failure(await downloadModel(entry, directory, impatient))).toContain('broke off')
    expect(existsSync(directory)).toBe(false)
    hub.asked.length = 0
    expectOk(await downloadModel(entry, directory, tools()), 'the rest')
    expect(hub.asked.filter(({ url }) => url.includes('/resolve/')).map(({ range }) => range)).toEqual([
      'bytes=1000-',
      null,
    ])
  })

  test('that is cancelled leaves nothing, wherever it is', async () => {
    const parent = scratchFolder()
    for (const after of [0, 1000, 1e9]) {
      const stop = new AbortController()
      hub.misdeeds.push(after === 0 ? { do: 'stall', after } : null, {
        do: 'stall',
        after: Math.min(after, 1000),
      })
      const readSlowly: ModelDownload['readPorts'] = (path) => (stop.abort(), readPorts(path))
      if (after < 1e9) setTimeout(() => stop.abort(), 150)
      else hub.misdeeds.length = 0
      const result = await downloadModel(
        entry,
        join(parent, 'm'),
        tools({ signal: stop.signal, readPorts: readSlowly }),
      )
      expect(failure(result)).toBe('cancelled: The download was cancelled')
      expect(readdirSync(parent)).toEqual([])
      hub.misdeeds.length = 0
    }
  })

  test('links what another model has already, and checks it', async () => {
    const parent = scratchFolder()
    expectOk(await downloadModel(entry, join(parent, 'first'), tools()), 'first')
    hub.asked.length = 0
    const second = { ...entry, id: 'tiny-second', sharesImageWith: 'tiny-hub' }
    expectOk(
      await downloadModel(second, join(parent, 'second'), tools({ have: [join(parent, 'first')] })),
      'second',
    )
    expect(resolved()).toHaveLength(2)
    expect(statSync(join(parent, 'second', 'image.onnx')).nlink).toBe(2)
    const manifest = expectOk(
      await openModelFolder(join(parent, 'second'), { verify: true }),
      'second',
    ).manifest
    expect(manifest.sharesImageWith).toBe('tiny-hub')
  })

  test('needs room for everything that is missing, and says so before it begins', async () => {
    const parent = scratchFolder()
    expect(failure(await downloadModel(entry, join(parent, 'm'), tools({ margin: 1e18 })))).toContain(
      'disk-full: The download needs',
    )
    expect(resolved()).toEqual([])
  })

  test('never touches what is there under its name', async () => {
    const directory = scratchFolder()
    writeFileSync(join(directory, 'mine.txt'), 'mine')
    expect(failure(await downloadModel(entry, directory, tools()))).toContain('already-exists')
    expect(readdirSync(directory)).toEqual(['mine.txt'])
  })

  test('refuses graphs that are not what the registry says; they can be taken away', async () => {
    const directory = join(scratchFolder(), 'm')
    const wrong = { ...entry, dimensions: 512 }
    expect(failure(await downloadModel(wrong, directory, tools()))).toMatch(
      /^bad-model: image\.onnx has no output of the shape \[any, 512\]; it has: last_hidden_state/,
    )
    expect(existsSync(directory)).toBe(false)
    await discardDownload(directory)
    expect(existsSync(`${directory}.part`)).toBe(false)
  })

  test('makes a detector of cuts that opens', async () => {
    const shots = readFileSync(join(await writeTinyShotModel(), 'shots.onnx'))
    hub.repositories['kinora/shots'] = { commit, files: { 'transnet.onnx': shots } }
    const { id, name, tier, licence, cost, goodAt } = entry
    const detector: RegistryEntry = {
      ...{ id, name, tier, licence, cost, goodAt, kind: 'shots', repository: 'kinora/shots', revision: null },
      files: [{ role: 'shots', path: 'transnet.onnx', bytes: shots.length, sha256: sha256(shots) }],
      shots: { inputs: ['input'], outputs: ['534'], logits: false },
      unverified: ['revision'],
    }
    const directory = join(scratchFolder(), 'shots')
    expectOk(await downloadModel(detector, directory, tools()), 'shots')
    expect(readdirSync(directory).sort()).toEqual(['model.json', 'shots.onnx'])
    const opened = expectOk(await openShotModel(directory, { threads: 1, verify: true }), 'opens')
    expect(opened.manifest.id).toBe('tiny-hub')
    await opened.dispose()
    hub.asked.length = 0
    expectOk(await downloadModel(detector, directory, tools()), 'there')
    expect(hub.asked).toEqual([])
  })

  test('writes the projection of a text tower into it, and takes pictures from another repository', async () => {
    const folder = scratchFolder()
    const words = readFileSync(writeTower(folder, 14))
    const projection = readFileSync(writeMatrix(folder, [dimensions, width]))
    const image = readFileSync(join(await writeTinyModel({ size: 32 }), 'image.onnx'))
    hub.repositories['kinora/words'] = {
      commit: 'e'.repeat(40),
      files: { 'model.onnx': words, 'm.safetensors': projection, 'tokenizer.json': files['tokenizer.json'] },
    }
    hub.repositories['kinora/tiny'] = { commit, files: { 'onnx/vision_model.onnx': image } }
    const unknown = { bytes: null, sha256: null }
    const parts: RegistryPair = {
      ...entry,
      repository: 'kinora/words',
      files: [
        {
          role: 'image',
          path: 'onnx/vision_model.onnx',
          ...unknown,
          repository: 'kinora/tiny',
          revision: commit,
        },
        { role: 'text', path: 'model.onnx', ...unknown },
        { role: 'text-projection', path: 'm.safetensors', ...unknown },
        { role: 'tokenizer', path: 'tokenizer.json', ...unknown },
      ],
      image: { ...entry.image, width: 32, height: 32 },
      text: { ...entry.text, masks: ['attention_mask'] },
      dimensions,
      unverified: ['revision'],
    }
    const directory = join(scratchFolder(), 'm')
    // The tiny picture half has 24 numbers: what is asked here is the text half.
    const read: ModelDownload['readPorts'] = async (path) => {
      const ports = await readPorts(path)
      if (!ports.ok || !path.endsWith('image.onnx')) return ports
      const outputs = ports.value.outputs.map((port) => ({
        ...port,
        shape: port.shape.length === 2 ? ['N', dimensions] : port.shape,
      }))
      return { ok: true, value: { ...ports.value, outputs } }
    }
    expectOk(await downloadModel(parts, directory, tools({ readPorts: read })), 'whole')
    expect(readdirSync(directory).sort()).toEqual(['image.onnx', 'model.json', 'text.onnx', 'tokenizer.json'])
    const folderThere = expectOk(await openModelFolder(directory, { verify: true }), 'whole')
    expect(folderThere.manifest.text).toMatchObject({
      output: 'text_embeds',
      attentionMask: 'attention_mask',
    })
    const tower = expectOk(await openTextTower(folderThere, { threads: 1 }), 'opens')
    const [vector] = expectOk(await tower.embedBatch(['dog']), 'computes')
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5)
    await tower.dispose()
  })
})

describe('names in a graph', () => {
  const ports = [
    { name: 'last_hidden_state', type: 'float32', shape: ['n', 65, 768] },
    { name: 'logits', type: 'float32', shape: ['n', 'd'] },
    { name: 'pooler_output', type: 'float32', shape: ['n', 768] },
    { name: 'image_embeds', type: 'float32', shape: ['n', 512] },
  ]
  const choose = (shape: readonly (number | null)[]): string =>
    expectOk(choosePort('x', 'output', ports, ['image_embeds', 'pooler_output'], shape), 'a port').name

  test('are taken by preference, then by shape, never by position', () => {
    expect(choose([null, 512])).toBe('image_embeds')
    expect(choose([null, 768])).toBe('pooler_output')
    expect(choose([null, 96])).toBe('logits')
  })
})

describe('bringing in files that were downloaded by hand', () => {
  const known: RegistryPair = { ...entry, revision: commit }

  test.each(['nested', 'flat'])('takes them %s, by copy, and names what it could not check', async (kind) => {
    const from = scratchFolder()
    const parent = scratchFolder()
    mkdirSync(join(from, 'onnx'))
    for (const [path, bytes] of Object.entries(files))
      writeFileSync(join(from, kind === 'flat' ? path.replace('onnx/', '') : path), bytes)
    const before = readdirSync(from)
    const loaded = await sideLoad(known, from, join(parent, 'm'), tools())
    expect(expectOk(loaded, 'loaded').unchecked).toEqual(['onnx/vision_model.onnx', 'tokenizer.json'])
    expect(readdirSync(parent)).toEqual(['m'])
    expect(readdirSync(from)).toEqual(before)
    expect(
      expectOk(await openModelFolder(join(parent, 'm'), { verify: true }), 'm').manifest.text.output,
    ).toBe('text_embeds')
    expect(hub.asked).toEqual([])
  })

  test('refuses what is missing, short or changed, and leaves nothing', async () => {
    const from = scratchFolder()
    const parent = scratchFolder()
    const put = (name: string, bytes: Buffer): void => writeFileSync(join(from, name), bytes)
    const load = async (): Promise<string> => failure(await sideLoad(known, from, join(parent, 'm'), tools()))
    put('vision_model.onnx', files['onnx/vision_model.onnx'])
    put('tokenizer.json', files['tokenizer.json'])
    expect(await load()).toContain('missing-file: onnx/text_model_int8.onnx is not in')
    put('text_model_int8.onnx', files['onnx/text_model_int8.onnx'].subarray(1))
    expect(await load()).toContain('it is not whole')
    const changed = Buffer.from(files['onnx/text_model_int8.onnx'])
    changed[100] = (changed[100] ?? 0) ^ 1
    put('text_model_int8.onnx', changed)
    expect(await load()).toContain('is not the file it should be')
    expect(readdirSync(parent)).toEqual([])
  })
})
