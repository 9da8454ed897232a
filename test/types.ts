/** Type-checks every runtime by its own tsconfig: `npm run types`. */
import { spawnSync } from 'node:child_process'

const projects = ['.', 'src-preload', 'src-main/domain', 'src-main', 'src-renderer', 'test']
let failed = 0
for (const project of projects) {
  const run = spawnSync('tsc', ['--noEmit', '-p', project], { stdio: 'inherit' })
  if (run.status !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
