/** `npm run bench -- NAME [--json]`: prints `{"name","machine","rows":[…]}` (cli.md). */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { findFfmpeg } from '../../src-main/foundation/ffmpeg-binaries.ts'
import { run as analyze } from './analyze.ts'
import { run as calibration } from './calibration.ts'
import { run as filters } from './filters.ts'
import { run as longMoments } from './long-moments.ts'
import { run as moments } from './moment-grouping.ts'
import { run as sampling } from './sampling.ts'
import { run as scan } from './scan.ts'
import { run as shots } from './shots.ts'
import { run as skim } from './skim.ts'
import { run as words } from './spoken-words.ts'
import { run as typing } from './typing.ts'
import { run as subtitleFit } from './subtitle-fit.ts'
import { run as vectors } from './vectors.ts'
import { run as ranking } from './video-ranking.ts'
import { run as wide } from './wide.ts'

type Bench = () => Promise<{ readonly name: string; readonly rows: readonly object[] }>

const benches: Readonly<Record<string, Bench>> = {
  skim,
  analyze,
  scan,
  filters,
  moments,
  ranking,
  calibration,
  'long-moments': longMoments,
  shots,
  sampling,
  'subtitle-fit': subtitleFit,
  words,
  vectors,
  typing,
  wide,
}

const machine = async (): Promise<Readonly<Record<string, string | number>>> => {
  const ffmpeg = await findFfmpeg({ environment: process.env })
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
    ffmpeg: ffmpeg.ok ? ffmpeg.value.version : 'none',
    system: `${process.platform} ${process.arch}`,
    loadBefore: loadavg()[0] ?? 0,
  }
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const name = positionals[0] ?? ''
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench === undefined) {
  console.error(`bench: which one? ${Object.keys(benches).join(', ')}`)
  process.exitCode = 2
} else {
  const onWhat = await machine()
  const { rows } = await bench()
  if (values.json) console.log(JSON.stringify({ name, machine: onWhat, rows }))
  else {
    console.log(name, onWhat)
    console.table(rows)
  }
  if (rows.length === 0) {
    console.error('bench: what it measures is not here (shared folder, ffmpeg, python3-onnx)')
    process.exitCode = 1
  }
}
