import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServe, writeTestPage } from './served-library.ts'

let root = ''
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'kinora-serve-')))
  writeTestPage(join(root, 'page'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('where serve listens', () => {
  const start = async (
    ...args: readonly string[]
  ): Promise<ReturnType<typeof startServe> & { readonly at: URL }> => {
    const run = startServe(['--library', join(root, 'library'), '--page', join(root, 'page'), ...args])
    return { ...run, at: new URL(await run.url) }
  }

  it('takes the usual port or a free one; a chosen one that is taken is an error', async () => {
    const first = await start()
    const second = await start()
    expect(second.at.port).not.toBe(first.at.port)
    const third = startServe([
      ...['--library', join(root, 'library'), '--page', join(root, 'page')],
      ...['--port', first.at.port],
    ])
    expect(await third.exited).toBe(3)
    expect(third.stderr()).toMatch(/^kinora: Port \d+ is in use\. .*--port.\n$/)
    for (const run of [first, second]) {
      run.child.kill('SIGINT')
      expect(await run.exited).toBe(0)
    }
  })

  it('is reached over the network by its addresses and the names that were allowed', async () => {
    const token = 'a-token-for-the-network'
    const run = await start(
      '--host',
      '0.0.0.0',
      '--port',
      '0',
      '--token',
      token,
      '--allowed-host',
      'films.example',
    )
    expect(run.at.searchParams.get('token')).toBe(token)
    expect(run.stderr()).toMatch(/^kinora: .*not encrypted\.\n$/)
    expect((await fetch(run.at, { redirect: 'manual' })).status).toBe(303)
    const statusUnder = (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port: run.at.port, path: `/?token=${token}`, headers: { host } }
        get(options, ({ statusCode = 0 }) => resolve(statusCode)).once('error', reject)
      })
    expect(await statusUnder('films.example')).toBe(303)
    expect(await statusUnder('films.example:8443')).toBe(303)
    expect(await statusUnder(`localhost:${run.at.port}`)).toBe(303)
    expect(await statusUnder(`other.example:${run.at.port}`)).toBe(403)
    run.child.kill('SIGTERM')
    expect(await run.exited).toBe(0)
  })
})

describe('serve that cannot', () => {
  const ended = async (
    ...args: readonly string[]
  ): Promise<{ status: number | null; stdout: string; stderr: string }> => {
    const run = startServe(args)
    return { status: await run.exited, stdout: run.stdout(), stderr: run.stderr() }
  }

  it('says in one line what is missing', async () => {
    const missing = await ended('--library', join(root, 'none'), '--page', join(root, 'nowhere'))
    expect(missing).toMatchObject({ status: 3, stdout: '' })
    expect(missing.stderr).toMatch(/^kinora: The page is not built: .*npm run build\n$/)
  })

  it('refuses wrong options with status 2', async () => {
    const wrong = [
      ...[
        ['--port', 'x'],
        ['--port', '70000'],
        ['--port', '-1'],
        ['--frobnicate'],
        ['--token', ''],
        ['--token', 'a b'],
      ],
      ['--host', '0.0.0.0', '--token', 'short'],
    ]
    for (const args of wrong) {
      const run = await ended(...args, '--library', join(root, 'none'))
      expect({ args, status: run.status, stdout: run.stdout }).toEqual({ args, status: 2, stdout: '' })
      expect(run.stderr.trim().split('\n')).toHaveLength(1)
    }
  })
})
