import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { openDesktopState } from '../../src-main/shell/desktop-state.ts'
import { menuTexts } from '../../src-main/shell/menu-texts.ts'
import { originOf, pageAddress } from '../../src-main/shell/page-address.ts'
import { isOnScreen } from '../../src-main/shell/window.ts'

vi.mock('electron', () => import('./stub/electron.ts'))

/** The desktop shell's small parts. */
const folder = mkdtempSync(join(tmpdir(), 'kinora-shell-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const log = pino({ level: 'silent' })

describe('the address of the page', () => {
  it('is our own, and the dev server only while developing', () => {
    const environment = { ELECTRON_RENDERER_URL: 'http://localhost:5173' }
    expect(pageAddress(true, environment)).toEqual({
      url: 'app://bundle/index.html',
      origin: 'app://bundle',
      devServer: false,
    })
    expect(pageAddress(false, environment)).toEqual({
      url: 'http://localhost:5173',
      origin: 'http://localhost:5173',
      devServer: true,
    })
    expect(pageAddress(false, {}).devServer).toBe(false)
  })

  it('has an origin also where URL knows none', () => {
    expect(originOf('app://bundle/a/b?c')).toBe('app://bundle')
    expect(originOf('https://a.example:8443/x')).toBe('https://a.example:8443')
    expect(originOf('nothing')).toBeNull()
  })
})

describe('a remembered window', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1080 },
    { x: 1920, y: 200, width: 1280, height: 800 },
  ]
  it('opens where enough of it can be grasped', () => {
    expect(isOnScreen({ x: 100, y: 100, width: 900, height: 700 }, screens)).toBe(true)
    expect(isOnScreen({ x: -820, y: 0, width: 900, height: 700 }, screens)).toBe(true)
    expect(isOnScreen({ x: 2500, y: 300, width: 900, height: 700 }, screens)).toBe(true)
  })
  it('opens in the middle when its screen is gone or its title bar is out of reach', () => {
    expect(isOnScreen({ x: 4000, y: 100, width: 900, height: 700 }, screens)).toBe(false)
    expect(isOnScreen({ x: 100, y: -60, width: 900, height: 700 }, screens)).toBe(false)
    expect(isOnScreen({ x: 100, y: 1060, width: 900, height: 700 }, screens)).toBe(false)
    expect(isOnScreen({ x: 100, y: 100, width: 900, height: 700 }, [])).toBe(false)
  })
})

describe('the desktop state', () => {
  it('is kept over a start, value by value', () => {
    const file = join(folder, 'state.json')
    openDesktopState(file, log).keep({ lastFolder: '/films' })
    openDesktopState(file, log).keep({ maximized: true })
    expect(openDesktopState(file, log).get()).toEqual({ lastFolder: '/films', maximized: true })
  })

  it('begins anew with a damaged file, and survives a folder that cannot be written', () => {
    for (const damage of ['{"bounds":', '[]', '{"bounds":{"x":1}}', '{"unknown":1}']) {
      const file = join(folder, 'damaged.json')
      writeFileSync(file, damage)
      expect(openDesktopState(file, log).get()).toEqual({})
    }
    const nowhere = openDesktopState(join(folder, 'no', 'folder', 'state.json'), log)
    nowhere.keep({ maximized: true })
    expect(nowhere.get()).toEqual({ maximized: true })
  })
})

describe('the menu', () => {
  it('speaks the language of the system as far as it is known, else English', () => {
    writeFileSync(
      join(folder, 'de.json'),
      JSON.stringify({ appMenu: { file: 'Datei', other: 'x' }, more: {} }),
    )
    writeFileSync(join(folder, 'fr.json'), '{"appMenu": 3}')
    expect(menuTexts(folder, 'de-AT')).toMatchObject({ file: 'Datei', edit: 'Edit' })
    for (const locale of ['fr', 'eo', '', '../de'])
      expect(menuTexts(folder, locale)).toMatchObject({ file: 'File', addFolder: 'Add folder…' })
  })

  it('has all its words in every locale of ours', () => {
    const locales = join(import.meta.dirname, '..', '..', 'resources', 'locales')
    const words = Object.keys(menuTexts(folder, 'en'))
    for (const language of ['en', 'de']) {
      const file = JSON.parse(readFileSync(join(locales, `${language}.json`), 'utf8')) as { appMenu?: object }
      expect([language, Object.keys(file.appMenu ?? {})]).toEqual([language, expect.arrayContaining(words)])
    }
  })
})
