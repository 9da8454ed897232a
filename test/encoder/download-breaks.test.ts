import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { platform } from 'node:process'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { downloadFile, type DownloadTools } from '../../src-main/foundation/download-file.ts'
import type { Digest } from '../../src-main/foundation/file-digest.ts'
import { expectOk, type Result } from '../../src-preload/contract/result.ts'
import { scratchFolder } from '../indexer/scratch.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { openBreakingHub, sha256, type Misdeed } from './breaking-hub.ts'
import { bytesOf, namesIn, testNetwork, testTools, type Slept } from './download-tools.ts'

const content = bytesOf(300_000, 1)
const digest: Digest = { kind: 'sha256', hex: sha256(content) }
const hub = await openBreakingHub()
hub.repositories['kinora/test'] = { commit: 'a'.repeat(40), files: { 'onnx/model.onnx': content } }
const { network, lines } = testNetwork(hub.base)
const url = `${hub.base}/kinora/test/resolve/main/onnx/model.onnx`

beforeEach(() => {
  hub.asked.length = 0
  hub.misdeeds.length = 0
  hub.etag = '"one"'
  lines.length = 0
})

const failure = (result: Result<unknown>): string => {
  if (result.ok) throw new Error('expected a failure')
  expect(result.error.message).not.toContain('\n')
  return `${result.error.code}: ${result.error.message}`
}

/** Downloads with these misdeeds; whatever comes of it, the final name has the right bytes or is not there. */
const download = async (
  misdeeds: readonly (Misdeed | null)[],
  change: Partial<DownloadTools> = {},
  folder = scratchFolder(),
): Promise<{ result: Result<null>; folder: string; names: ReadonlySet<string> }> => {
  const names = namesIn(folder)
  hub.misdeeds.push(...misdeeds)
  const target = join(folder, 'model.onnx')
  const file = { url, target, bytes: content.length, digest }
  const seen: boolean[] = []
  const tools = testTools(network)
  const onBytes = (): void => void seen.push(existsSync(target))
  const result = await downloadFile(file, { ...tools, onBytes, ...change })
  expect(seen).not.toContain(true)
  expect(existsSync(target)).toBe(result.ok)
  if (result.ok) expect(readFileSync(target).equals(content)).toBe(true)
  if (result.ok) expect(readdirSync(folder)).toEqual(['model.onnx'])
  return { result, folder, names: names() }
}

describe('a download', () => {
  test('that goes well asks once and writes one line', async () => {
    const { result, names } = await download([])
    expect(result.ok).toBe(true)
    expect(lines).toEqual([`2027-01-15T08:00:00.000Z GET ${url} 200 300000\n`])
    expect([...names].sort()).toEqual(['model.onnx', 'model.onnx.part', 'model.onnx.part.json'])
  })

  const mended: readonly (readonly [string, readonly (Misdeed | null)[], requests: number])[] = [
    [
      'broken off',
      [
        { do: 'cut', after: 100_000 },
        { do: 'cut', after: 50_000 },
      ],
      3,
    ],
    ['reset', [{ do: 'reset', after: 70_000 }], 2],
    [
      'broken off before the first byte',
      [
        { do: 'cut', after: 0 },
        { do: 'reset', after: 0 },
      ],
      3,
    ],
    ['too short by its own length', [{ do: 'claim', length: 120_000 }], 2],
    ['longer by its own length than it is', [{ do: 'claim', length: 900_000 }], 1],
    ['followed by more than the file', [{ do: 'too-much' }], 1],
    ['wrong once', [{ do: 'wrong-bytes' }], 2],
    ['wrong in its first part only', [{ do: 'wrong-bytes' }, { do: 'cut', after: 9 }], 3],
    ['silent in the middle', [{ do: 'stall', after: 60_000 }], 2],
    ['slow', [{ do: 'slow', pieces: 10, seconds: 0.6 }], 1],
    ['busy (429, 503, 500)', [429, 503, 500].map((status) => ({ do: 'status', status })), 4],
    ['not resumed by the server', [{ do: 'cut', after: 80_000 }, { do: 'ignore-range' }], 2],
    ['resumed at another place', [{ do: 'cut', after: 80_000 }, { do: 'other-range' }], 3],
  ]
  test.each(mended)('that is %s comes right', async (_, misdeeds, requests) => {
    const { result } = await download(misdeeds)
    expectOk(result, 'mended')
    expect(hub.asked).toHaveLength(requests)
    expect(lines).toHaveLength(requests)
  })

  const hopeless: readonly (readonly [string, readonly Misdeed[], says: RegExp])[] = [
    [
      'wrong twice',
      [{ do: 'wrong-bytes' }, { do: 'wrong-bytes' }],
      /twice not the file it should be: sha256 [0-9a-f]{64} instead of/,
    ],
    ['not there', [{ do: 'status', status: 404 }], /is not there \(404\)/],
    ['forbidden', [{ do: 'status', status: 403 }], /not given to everybody \(403\)/],
    ['behind a login', [{ do: 'status', status: 401 }], /not given to everybody \(401\)/],
    [
      'busy for good',
      Array.from({ length: 4 }, () => ({ do: 'status', status: 503 }) as const),
      /busy \(503\)/,
    ],
    ['cut again and again', Array.from({ length: 4 }, () => ({ do: 'cut', after: 0 }) as const), /broke off/],
    [
      'silent again and again',
      Array.from({ length: 4 }, () => ({ do: 'stall', after: 0 }) as const),
      /nothing for 0\.4 s/,
    ],
    ['packed', [{ do: 'gzip' }], /in another form/],
    [
      'to be had elsewhere',
      [{ do: 'redirect', to: 'https://evil.example/model.onnx' }],
      /evil\.example is not among the allowed/,
    ],
    [
      'to be had at a look-alike',
      [{ do: 'redirect', to: 'http://127.0.0.1.evil.example/x' }],
      /not among the allowed/,
    ],
    [
      'to be had behind a password',
      [{ do: 'redirect', to: 'http://a:b@127.0.0.1/x' }],
      /an address with a password/,
    ],
    ['to be had nowhere', [{ do: 'redirect', to: 'http://[' }], /no address/],
    [
      'led round in circles',
      Array.from({ length: 6 }, () => ({ do: 'redirect', to: url }) as const),
      /round in circles/,
    ],
    [
      'back in an hour',
      [{ do: 'status', status: 429, headers: { 'retry-after': '3600' } }],
      /come back in 3600 s/,
    ],
  ]
  test.each(hopeless)('that is %s ends in a clear error', async (_, misdeeds, says) => {
    const { result, folder } = await download(misdeeds)
    expect(failure(result)).toMatch(says)
    expect(failure(result)).toMatch(/^download-failed: /)
    expect(readdirSync(folder).every((name) => name.includes('.part'))).toBe(true)
    expect(hub.misdeeds).toEqual([])
  })

  test('follows its own host, and a mirror to the hosts that were allowed for it', async () => {
    const other = await openBreakingHub()
    other.repositories['kinora/test'] = { commit: 'a'.repeat(40), files: { 'onnx/model.onnx': content } }
    expectOk(
      (await download([{ do: 'redirect', to: '/kinora/test/resolve/main/onnx/model.onnx?Signature=1' }]))
        .result,
      'own',
    )
    expect(lines[0]).toContain(' 302 0')
    expect(lines[1]).toContain('/model.onnx?Signature 200')
    expect(lines.join('')).not.toContain('Signature=1')
    const to = `${other.base}/kinora/test/resolve/main/onnx/model.onnx`
    expect(failure((await download([{ do: 'redirect', to }])).result)).toContain('not among the allowed')
    expect(other.asked).toEqual([])
  })

  test('waits as long as a busy server asks, in seconds or until a date', async () => {
    const slept: Slept = { seconds: [] }
    const date = new Date((1.8e9 + 42) * 1000).toUTCString()
    const { result } = await download(
      [
        { do: 'status', status: 429, headers: { 'retry-after': '7' } },
        { do: 'status', status: 503, headers: { 'retry-after': date } },
      ],
      { sleep: testTools(network, slept).sleep },
    )
    expectOk(result, 'after waiting')
    expect(slept.seconds).toEqual([7, 42])
  })

  test('goes on after a crash with what is there, if it is the same content', async () => {
    const folder = scratchFolder()
    const once = { patience: { retries: -1, firstWait: 0, longestWait: 0 } }
    expect(failure((await download([{ do: 'cut', after: 100_000 }], { ...once }, folder)).result)).toContain(
      'broke off',
    )
    const { length } = readFileSync(join(folder, 'model.onnx.part'))
    expect(length).toBe(100_000)
    expectOk((await download([], {}, folder)).result, 'resumed')
    expect(hub.asked.at(-1)).toMatchObject({ range: 'bytes=100000-', ifRange: '"one"' })
  })

  test('begins afresh when the content has changed, also where the server ignores If-Range', async () => {
    const once = { patience: { retries: -1, firstWait: 0, longestWait: 0 } }
    const folder = scratchFolder()
    await download([{ do: 'cut', after: 100_000 }], once, folder)
    hub.etag = '"two"'
    expectOk((await download([], {}, folder)).result, 'a 200 where a part was asked')
    const again = scratchFolder()
    await download([{ do: 'cut', after: 100_000 }], once, again)
    const note = join(again, 'model.onnx.part.json')
    writeFileSync(note, readFileSync(note, 'utf8').replace(url, 'http://elsewhere/'))
    expectOk((await download([], {}, again)).result, 'from another address')
    expect(hub.asked.at(-1)).toMatchObject({ range: 'bytes=100000-', ifRange: null })
  })

  test.each(['part only', 'torn note', 'note of another file', 'too long', 'scrambled', 'complete'])(
    'comes right with a left part: %s',
    async (kind) => {
      const folder = scratchFolder()
      const note = { url, bytes: content.length, digest: `sha256:${digest.hex}`, etag: '"one"' }
      const notes: Readonly<Record<string, string>> = {
        'torn note': '{"url":',
        'note of another file': JSON.stringify({ ...note, digest: `sha256:${'0'.repeat(64)}` }),
      }
      const parts: Readonly<Record<string, Buffer>> = {
        'too long': Buffer.concat([content, content]),
        scrambled: Buffer.alloc(200_000),
        complete: content,
      }
      writeFileSync(join(folder, 'model.onnx.part'), parts[kind] ?? content.subarray(0, 150_000))
      if (kind !== 'part only')
        writeFileSync(join(folder, 'model.onnx.part.json'), notes[kind] ?? JSON.stringify(note))
      expectOk((await download([], {}, folder)).result, kind)
      expect(hub.asked).toHaveLength(kind === 'complete' ? 0 : kind === 'scrambled' ? 2 : 1)
    },
  )

  test('that is cancelled leaves nothing, at once or in a wait', async () => {
    const calm = testNetwork(hub.base, { stall: 60 }).network
    for (const misdeed of [
      { do: 'stall', after: 50_000 },
      { do: 'status', status: 429, headers: { 'retry-after': '60' } },
    ] as const) {
      const stop = new AbortController()
      setTimeout(() => stop.abort(), 60)
      const start = performance.now()
      const sleep: DownloadTools['sleep'] = (_, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        )
      const { result, folder } = await download([misdeed], { signal: stop.signal, sleep, network: calm })
      expect(failure(result)).toBe('cancelled: The download was cancelled')
      expect(readdirSync(folder)).toEqual([])
      expect(performance.now() - start).toBeLessThan(10_000)
    }
  })

  test('looks at the free space first, and says the numbers', async () => {
    const { result, folder } = await download([], { margin: 1e18 })
    expect(failure(result)).toMatch(
      /^disk-full: The download needs 1 MB and 1000000000000 MB to spare; \d+ MB are free/,
    )
    expect(readdirSync(folder)).toEqual([])
    expect(hub.asked).toEqual([])
  })

  test.skipIf(platform !== 'linux')(
    'that fills the disk while it writes says so and takes its part away',
    async () => {
      const folder = scratchFolder()
      const part = join(folder, 'model.onnx.part')
      const note = { url, bytes: content.length, digest: `sha256:${digest.hex}`, etag: null }
      writeFileSync(`${part}.json`, JSON.stringify(note))
      // A device on which every write finds the disk full.
      symlinkSync('/dev/full', part)
      expect(failure((await download([], {}, folder)).result)).toMatch(/^disk-full: .*ENOSPC/)
      expect(readdirSync(folder)).toEqual([])
    },
  )

  test('goes through the proxy that is set, or that the environment names', async () => {
    const seen: string[] = []
    const proxy = createServer((request, response) => {
      seen.push(`plain ${request.url ?? ''}`)
      response.writeHead(502).end()
    })
    proxy.on('connect', (request, socket, head) => {
      seen.push(`tunnel ${request.url ?? ''}`)
      const [host = '', port = ''] = (request.url ?? '').split(':')
      const through = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        through.write(head)
        through.pipe(socket).pipe(through)
      })
      through.on('error', () => socket.destroy())
      socket.on('error', () => through.destroy())
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void proxy.close())
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    for (const change of [
      { proxy: address },
      { environment: { HTTP_PROXY: address, HTTPS_PROXY: address } },
    ]) {
      const proxied = testNetwork(hub.base, change)
      expectOk((await download([], { network: proxied.network })).result, 'by proxy')
      expect(proxied.lines).toHaveLength(1)
    }
    expect(seen).toEqual([`tunnel ${new URL(hub.base).host}`, `tunnel ${new URL(hub.base).host}`])
  })

  test('without a network says so', async () => {
    const gone = testNetwork('http://127.0.0.1:9')
    const file = { url: 'http://127.0.0.1:9/x', target: join(scratchFolder(), 'x'), bytes: 5, digest }
    expect(failure(await downloadFile(file, testTools(gone.network)))).toMatch(
      /127\.0\.0\.1:9: the connection broke off/,
    )
    expect(gone.lines).toHaveLength(4)
  })
})

describe('200 break-offs', () => {
  const large = bytesOf(2_000_000, 2)
  const file = { bytes: large.length, digest: { kind: 'sha256', hex: sha256(large) } as const }
  const address = `${hub.base}/kinora/large/resolve/main/model.onnx`
  hub.repositories['kinora/large'] = { commit: 'b'.repeat(40), files: { 'model.onnx': large } }
  const random = seededRandom(20261)
  const breakOff = (most: number): Misdeed => ({
    do: random() < 0.5 ? 'cut' : 'reset',
    after: Math.floor(random() ** 2 * most),
  })

  test('of one single download: it goes on each time and is right at the end', async () => {
    const target = join(scratchFolder(), 'model.onnx')
    for (let left = 200; left > 0; left -= 1) hub.misdeeds.push(breakOff(24_000))
    const patient = { ...testTools(network), patience: { retries: 60, firstWait: 0, longestWait: 0 } }
    expectOk(await downloadFile({ ...file, url: address, target }, patient), 'broken off 200 times')
    expect(hub.asked).toHaveLength(201)
    expect(hub.asked.filter(({ range }) => range !== null).length).toBeGreaterThan(150)
    expect(readFileSync(target).equals(large)).toBe(true)
  })

  test('at a random place of 200 downloads, some with a new start: complete and right every time', async () => {
    // In memory where there is such a folder: 200 files on a slow disk are half a minute of waiting for it.
    const folder = existsSync('/dev/shm') ? mkdtempSync('/dev/shm/kinora-test-') : scratchFolder()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const target = join(folder, 'model.onnx')
    let restarts = 0
    for (let turn = 0; turn < 200; turn += 1) {
      hub.misdeeds.length = 0
      hub.misdeeds.push(breakOff(large.length), ...(random() < 0.3 ? [breakOff(large.length)] : []))
      // A killed process writes nothing more and tidies nothing: what it leaves is what a call without patience leaves.
      const isKilled = random() < 0.4
      const patience = { retries: isKilled ? -1 : 3, firstWait: 0, longestWait: 0 }
      for (let calls = 0; ; calls += 1) {
        const result = await downloadFile(
          { ...file, url: address, target },
          { ...testTools(network), patience },
        )
        if (result.ok) break
        expect(existsSync(target)).toBe(false)
        expect(calls).toBeLessThan(5)
        restarts += 1
      }
      expect(sha256(readFileSync(target))).toBe(file.digest.hex)
      rmSync(target)
      expect(readdirSync(folder)).toEqual([])
    }
    expect(restarts).toBeGreaterThan(60)
  })
})
