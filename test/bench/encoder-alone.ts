/** A process of its own: an image encoder on FRAMES pictures, nothing else. Arguments: model folder, frames, threads, batch. */
import { expectOk } from '../../src-preload/contract/result.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openImageEncoder } from '../../src-main/indexer/image-encoder.ts'

const [directory = '', frames = '1', threads = '2', batch = '4'] = process.argv.slice(2)
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const start = performance.now()
const startCpu = cpuSeconds()
const folder = expectOk(await openModelFolder(directory, { verify: false }), 'the bench made this model')
const encoder = expectOk(
  await openImageEncoder(folder, { threads: Number(threads), batch: Number(batch) }),
  'the bench made this model',
)
const loaded = performance.now()
const loadedCpu = cpuSeconds()
const picture = Uint8Array.from({ length: encoder.pictureBytes }, (_, i) => (i * 37) % 256)
for (let left = Number(frames); left > 0; left -= encoder.batch) {
  expectOk(
    await encoder.embed(Array.from({ length: Math.min(left, encoder.batch) }, () => picture)),
    'a right picture is embedded',
  )
}
console.log(
  JSON.stringify({
    load: (loaded - start) / 1000,
    run: (performance.now() - loaded) / 1000,
    loadCpu: loadedCpu - startCpu,
    runCpu: cpuSeconds() - loadedCpu,
    /** The greatest resident set, bytes. */
    memory: process.resourceUsage().maxRSS * 1024,
  }),
)
process.exit(0)
