import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')

/** Where a build went. */
export type DesktopBuild = { readonly main: string; readonly preload: string; readonly renderer: string }

/**
 * Builds everything into `test-results/build-NAME` (inside the project, where packages and `resources` are found),
 * in about a second. Throws with the builder's words where it does not build.
 */
export const buildDesktop = (name: string): DesktopBuild => {
  const out = join(root, 'test-results', `build-${name}`)
  const built = spawnSync(
    process.execPath,
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, KINORA_OUT: out, NODE_ENV: 'production' },
    },
  )
  if (built.status !== 0) throw new Error(`electron-vite build failed:\n${built.stdout}\n${built.stderr}`)
  return { main: join(out, 'main'), preload: join(out, 'preload'), renderer: join(out, 'renderer') }
}
