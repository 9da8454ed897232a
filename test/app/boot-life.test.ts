import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Folder } from '../../src-preload/contract/nouns.ts'
import { buildDesktop } from './build.ts'
import type { DesktopBuild } from './build.ts'
import { startDesktop, until } from './desktop.ts'
import { engineProcesses } from './engine-processes.ts'

/** How the desktop starts and ends: alone, in order, and over the death of its library's service. */
let build: DesktopBuild
let home: string

beforeAll(() => {
  build = buildDesktop('life')
  home = mkdtempSync(join(tmpdir(), 'kinora-desktop-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('the desktop', () => {
  it('quits with its engines, and remembers its window', async () => {
    const desktop = await startDesktop(build, { home })
    expect((await desktop.call('folders', 'list')).ok).toBe(true)
    expect(engineProcesses(desktop.library).length).toBeGreaterThan(0)
    expect(await desktop.quit()).toBe(0)
    expect(engineProcesses(desktop.library)).toEqual([])
    expect(JSON.parse(readFileSync(join(home, 'desktop.json'), 'utf8'))).toEqual({
      bounds: { x: 40, y: 50, width: 900, height: 700 },
      maximized: false,
    })
    const again = await startDesktop(build, { home })
    const [options] = await again.evaluate(({ records }) => records.windows, null)
    expect(options).toMatchObject({ x: 40, y: 50, width: 900, height: 700 })
    expect(await again.quit()).toBe(0)
  })

  it('opens the dialog where the last folder was found', async () => {
    const desktop = await startDesktop(build, { home, folders: [home] })
    await desktop.call('host', 'chooseFolder')
    await desktop.call('host', 'chooseFolder')
    const dialogs = await desktop.evaluate(({ records }) => records.dialogs, null)
    const properties = ['openDirectory', 'multiSelections']
    expect(dialogs).toEqual([{ properties }, { properties, defaultPath: tmpdir() }])
    await desktop.quit()
  })

  it('has a menu whose first item adds a folder', async () => {
    const desktop = await startDesktop(build, { home, folders: [home] })
    await desktop.evaluate(({ records }) => {
      type Item = { readonly label?: string; readonly click?: () => void; readonly submenu?: readonly Item[] }
      const [file] = records.menu as readonly Item[]
      file?.submenu?.[0]?.click?.()
    }, null)
    const paths = await until(
      async () => {
        const listed = await desktop.call('folders', 'list')
        return listed.ok ? (listed.value as readonly Folder[]).map(({ path }) => path) : []
      },
      (listed) => listed.length > 0,
      20,
    )
    expect(paths).toEqual([home])
    await desktop.quit()
  })

  it('leaves at once when another one runs, without touching the library', async () => {
    const other = mkdtempSync(join(tmpdir(), 'kinora-desktop-'))
    const desktop = await startDesktop(build, { home: other, environment: { STUB_SECOND_INSTANCE: '1' } })
    expect(await desktop.quit()).toBe(0)
    expect(engineProcesses(desktop.library)).toEqual([])
    rmSync(other, { recursive: true, force: true })
  })

  it('starts the service again when it was killed', async () => {
    const desktop = await startDesktop(build, { home })
    expect((await desktop.call('folders', 'list')).ok).toBe(true)
    const catalog = engineProcesses(desktop.library).find(({ command }) => command.includes('catalog.js'))
    process.kill(catalog?.pid ?? 0, 'SIGKILL')
    const result = await until(
      () => desktop.call('folders', 'list'),
      ({ ok }) => ok,
      20,
    )
    expect(result.ok).toBe(true)
    const forked = await desktop.evaluate(({ records }) => records.forked, null)
    expect(forked.filter((name) => name.startsWith('kinora-catalog-'))).toHaveLength(2)
    expect(await desktop.quit()).toBe(0)
  })
})
