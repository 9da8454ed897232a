import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sharedFolder } from '../shared-folder.ts'
import { expect, filmTime, leastVariety, pictureVariety, test } from './page-test.ts'

const root = resolve(import.meta.dirname, '../..')
const shared = sharedFolder()

/** Starts `serve.ts` on an empty library; resolves with the address that it prints. */
const serve = (
  library: string,
  films: string,
): { readonly host: ChildProcess; readonly address: Promise<string> } => {
  const page = process.env['KINORA_PAGE'] ?? join(root, 'test-results/page')
  const host = spawn(
    process.execPath,
    [
      join(root, 'src-main/serve.ts'),
      ...['--library', library, '--root', films, '--page', page, '--port', '0', '--no-open'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const { promise, resolve: found, reject } = Promise.withResolvers<string>()
  let printed = ''
  host.stdout.on('data', (data: Buffer) => {
    printed += data.toString()
    const address = /http:\S+/.exec(printed)?.[0]
    if (address !== undefined) found(address)
  })
  host.on('exit', (code) => reject(new Error(`the host ended with ${String(code)}: ${printed}`)))
  return { host, address: promise }
}

// Hung once in some 15 runs, on a click, for a reason not found; test/run.ts names what passed only when tried again.
test.describe.configure({ retries: 1 })

test('the real host: from an empty library to the right second of a real film', async ({ page }) => {
  test.skip(shared === null, 'there is no shared folder with films')
  // 14 s where little else runs, 29 s measured at a load of 12 on two cores; a whole test run may be worse.
  test.setTimeout(240_000)
  const library = mkdtempSync(join(tmpdir(), 'kinora-ui-'))
  const { host, address } = serve(library, join(shared ?? '', 'media/mdn'))
  try {
    await page.goto(await address)
    await page.getByRole('button', { name: 'Choose a folder…' }).click()
    await page.getByRole('button', { name: 'Add “mdn”' }).click()
    await expect(page.locator('.tile img').first()).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('status').filter({ hasText: 'Everything is indexed' })).toBeAttached({
      timeout: 150_000,
    })
    await page.getByRole('combobox').fill('green leaves')
    const first = page.locator('.moment').first()
    await expect(first).toBeVisible()
    // Its best frame, made from the film by ffmpeg: three times as sharp as the sprite's picture.
    const frame = page.locator('.moment .frame-sharp-on').first()
    await expect(frame).toBeVisible({ timeout: 15_000 })
    expect(await frame.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(480)
    const [, start = '', end = ''] =
      /from (\d+:\d+) to (\d+:\d+)/.exec((await first.getAttribute('aria-label')) ?? '') ?? []
    const seconds = (clock: string): number => Number(clock.split(':')[0]) * 60 + Number(clock.split(':')[1])
    await first.click()
    const time = await filmTime(page)
    expect(time).toBeGreaterThanOrEqual(seconds(start))
    // The label tells whole seconds.
    expect(time).toBeLessThan(seconds(end) + 1)
    expect(await pictureVariety(page)).toBeGreaterThan(leastVariety)
  } finally {
    // Before its host, or the page would rightly complain.
    await page.close()
    // One that has ended by itself says nothing any more: waiting for it would hide why.
    if (host.exitCode === null && host.signalCode === null) {
      const gone = new Promise((done) => host.once('exit', done))
      host.kill('SIGTERM')
      await gone
    }
    rmSync(library, { recursive: true, force: true })
  }
})
