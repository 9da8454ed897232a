import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { electronProgram, isBuildStale, noDisplay } from '../../src-main/terminal/start-facts.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kinora-start-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Writes a file of the project that was changed `seconds` after 2001. */
const put = (name: string, seconds: number, text = ''): void => {
  const file = join(root, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  const time = Date.UTC(2001) / 1000 + seconds
  utimesSync(file, time, time)
}

describe('npm start', () => {
  it('builds where nothing is built, or something is newer than the build', () => {
    put('src-renderer/main.tsx', 10)
    put('src-main/deep/er/app.ts', 20)
    expect(isBuildStale(root)).toBe(true)
    put('out/main/app.js', 30)
    expect(isBuildStale(root)).toBe(true)
    put('out/renderer/index.html', 30)
    expect(isBuildStale(root)).toBe(false)
    put('src-main/deep/er/app.ts', 40)
    expect(isBuildStale(root)).toBe(true)
  })

  it('knows whether Electron was fetched', () => {
    expect(electronProgram(root)).toBeNull()
    put('node_modules/electron/path.txt', 0, 'electron')
    expect(electronProgram(root)).toBeNull()
    put('node_modules/electron/dist/electron', 0)
    expect(electronProgram(root)).toBe(join(root, 'node_modules', 'electron', 'dist', 'electron'))
  })

  it('knows whether there is a display', () => {
    expect(noDisplay('linux', {})).toContain('DISPLAY')
    expect(noDisplay('linux', { DISPLAY: '', WAYLAND_DISPLAY: '' })).toContain('DISPLAY')
    expect(noDisplay('linux', { DISPLAY: ':0' })).toBeNull()
    expect(noDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBeNull()
    expect(noDisplay('darwin', {})).toBeNull()
    expect(noDisplay('win32', {})).toBeNull()
  })
})
