import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a build is made from, and what it must have made. */
const sources = [
  ...['src-main', 'src-preload', 'src-renderer', 'resources/locales'],
  ...['package.json', 'electron.vite.config.ts'],
] as const
const products = ['out/main/app.js', 'out/renderer/index.html'] as const

/** The newest change below `path`, in milliseconds since 1970; 0 where there is nothing. */
const newestChange = (path: string): number => {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}

/** True when the project in `root` has no build, or one that is older than its sources. */
export const isBuildStale = (root: string): boolean => {
  const built = products.map((product) => newestChange(join(root, product)))
  return Math.min(...built) < Math.max(...sources.map((source) => newestChange(join(root, source))))
}

/** Electron's program in the project in `root`; null while it was not fetched (its package brings none). */
export const electronProgram = (root: string): string | null => {
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(program) ? program : null
}

/** Why no window can be shown on this machine; null where one can. */
export const noDisplay = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string | null => {
  const given = (name: string): boolean => (environment[name] ?? '') !== ''
  return platform !== 'linux' || given('DISPLAY') || given('WAYLAND_DISPLAY')
    ? null
    : 'there is no display (DISPLAY and WAYLAND_DISPLAY are empty)'
}
