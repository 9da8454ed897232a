import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { build } from 'vite'
import { sharedFolder } from '../shared-folder.ts'
import { isSettled, typingLibrary } from './typing-library.ts'
import { quantile, rounded } from './vectors-search.ts'
import { vitModel } from './vit-model.ts'

export type TypingRow = {
  readonly what: string
  readonly moments: number
  readonly p50: number
  readonly p95: number
  readonly note: string
}

const root = resolve(import.meta.dirname, '../..')
/** The first time a library of 200,000 moments takes minutes; it is kept. */
const longestSettling = 20 * 60_000
/** Between two keys: somebody who types well. */
const keyMilliseconds = 90
const queries = [
  'a dog on the beach',
  'red car at night',
  'children in the snow',
  'boat in a harbour',
  'a cat asleep on a sofa',
  'mountains under clouds',
  'people eating at a long table',
  'birthday cake with candles',
  'sunset over the sea',
  'a bridge over a river',
  'man with a guitar',
  'flowers in a garden',
  'city street in the rain',
  'an old house in a wood',
  'someone riding a bicycle',
  'waves and rocks',
  'a white horse',
  'fireworks',
  'the dog ran after the ball',
  'snow falling on trees',
] as const

const serve = (library: string): { readonly address: Promise<string>; readonly end: () => void } => {
  const page = join(root, 'test-results/page')
  const host = spawn(
    process.execPath,
    [join(root, 'src-main/serve.ts'), '--library', library, '--page', page, '--port', '0', '--no-open'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, KINORA_LOG: 'info' } },
  )
  const { promise, resolve: found, reject } = Promise.withResolvers<string>()
  let printed = ''
  host.stdout.on('data', (data: Buffer) => {
    printed += data.toString()
    const address = /http:\S+/.exec(printed)?.[0]
    if (address !== undefined) found(address)
  })
  host.on('exit', (code) => reject(new Error(`the host ended with ${String(code)}: ${printed}`)))
  return { address: promise, end: () => void host.kill() }
}

type Spent = {
  readonly shown: number
  readonly asked: number
  readonly answered: number
  readonly drawn: number
}

/** Types a query key by key; milliseconds from its last key until its first answers are in the page, and of the parts. */
const typeOne = async (page: Page, query: string): Promise<Spent> => {
  const box = page.getByRole('combobox')
  await box.fill('')
  await wait(300)
  await page.evaluate(() => {
    performance.clearMarks()
    performance.clearMeasures()
  })
  await box.pressSequentially(query, { delay: keyMilliseconds })
  const handle = await page.waitForFunction(
    (text) => {
      const of = (name: string): number | null => {
        const own = performance.getEntriesByName(name).filter((entry) => {
          const detail: unknown = (entry as PerformanceMark).detail
          return (detail as { readonly text: string }).text === text
        })
        return own.at(-1)?.startTime ?? null
      }
      const [key, asked, answered, shown] = [
        of('kinora:key'),
        of('kinora:asked'),
        of('kinora:answered'),
        of('kinora:shown'),
      ]
      if (key === null || asked === null || answered === null || shown === null) return null
      return { shown: shown - key, asked: asked - key, answered: answered - asked, drawn: shown - answered }
    },
    query,
    { timeout: 30_000 },
  )
  return (await handle.jsonValue()) as Spent
}

/**
 * From the last key of a query to its first answers in the page, in Chromium against the real host, over a library of
 * KINORA_BENCH_MOMENTS (200,000) indexed moments, with a text tower of ViT-B/32's cost. Milliseconds. It waits for what a
 * library does once, and types while it still compares subtitles with their films, as a person might.
 */
export const run = async (): Promise<{ readonly name: 'typing'; readonly rows: readonly TypingRow[] }> => {
  const shared = sharedFolder()
  const model = shared === null ? null : vitModel(shared)
  if (model === null)
    throw new Error('bench typing needs the shared folder and Python with onnx (python3-onnx)')
  const moments = Number(process.env['KINORA_BENCH_MOMENTS'] ?? 200_000)
  const library = await typingLibrary(moments, model)
  if (library === null) return { name: 'typing', rows: [] }
  await build({ configFile: join(root, 'test/ui/vite.config.ts'), logLevel: 'warn' })
  const host = serve(library)
  const executablePath = process.env['KINORA_CHROMIUM'] ?? '/usr/bin/chromium'
  const browser = await chromium.launch({
    ...(existsSync(executablePath) ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(await host.address)
    // The index is read, its segment built, the model loaded: what a running app has behind it.
    for (const query of queries.slice(0, 3)) await typeOne(page, query)
    const until = performance.now() + longestSettling
    while (!isSettled(library) && performance.now() < until) await wait(1_000)
    const settled = isSettled(library) ? '' : '; the library was still being measured'
    const spent: Spent[] = []
    for (const query of queries) spent.push(await typeOne(page, query))
    const of = (what: string, part: keyof Spent, note: string): TypingRow => {
      const all = spent.map((one) => one[part])
      return { what, moments, p50: rounded(quantile(all, 0.5)), p95: rounded(quantile(all, 0.95)), note }
    }
    const note = `${queries.length} queries, ${keyMilliseconds} ms between keys; load ${rounded(loadavg()[0] ?? 0)}${settled}`
    return {
      name: 'typing',
      rows: [
        of('last key to first answers', 'shown', note),
        of('of that: waiting for the question of the key before', 'asked', ''),
        of('of that: question to answer (text tower, vectors, words, moments)', 'answered', ''),
        of('of that: answer to page', 'drawn', ''),
      ],
    }
  } finally {
    await browser.close()
    host.end()
  }
}
