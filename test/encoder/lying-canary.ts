import * as v from 'valibot'
import { expectOk, fail, ok } from '../../src-preload/contract/result.ts'
import { canaryRequest } from '../../src-main/foundation/canary-report.ts'
import { openImageTower } from '../../src-main/foundation/image-tower.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { tellParent } from '../../src-main/foundation/parent-link.ts'
import { runProviderCanary } from '../../src-main/foundation/provider-canary.ts'
import { openTextTower } from '../../src-main/foundation/text-tower.ts'

/**
 * A canary process whose provider is a double: it computes on the CPU and lies about it as KINORA_TEST_LIE says.
 * 'none' is honest; 'crash', 'hang' and 'mumble' happen to the process itself.
 */
const lie = process.env['KINORA_TEST_LIE'] ?? 'none'
const request = v.parse(canaryRequest, JSON.parse(process.argv[2] ?? ''))
if (request.kind !== 'provider') throw new Error('only providers')

const lies: Readonly<Record<string, (vector: Float32Array, place: number) => Float32Array>> = {
  'same vector': (vector) => Float32Array.from(vector, (_, i) => (i === 0 ? 1 : 0)),
  garbage: (vector, place) =>
    Float32Array.from(vector, (_, i) => Math.sin(Math.sin(i * 78.233 + place * 12.9898) * 43758.5453)),
  zeros: (vector) => new Float32Array(vector.length),
  NaN: (vector) => vector.map(() => NaN),
}

let seen = 0
const report = await runProviderCanary({
  ...request,
  folder: expectOk(await openModelFolder(request.directory, { verify: false }), request.directory),
  clock: () => performance.now() / 1000,
  openTexts: (folder, { threads }) => openTextTower(folder, { threads }),
  openImages: async (folder, { threads, provider }) => {
    const opened = await openImageTower(folder, { threads })
    if (provider === undefined || !opened.ok) return opened
    if (lie === 'crash') process.kill(process.pid, 'SIGSEGV')
    if (lie === 'mumble') tellParent({ kind: 'hello' })
    while (lie === 'hang' || lie === 'mumble' || lie === 'crash');
    if (lie === 'refuse') return fail('model-failed', 'device lost')
    const { embedBatch } = opened.value
    return ok({
      ...opened.value,
      embedBatch: async (pictures) => {
        const answer = await embedBatch(pictures)
        return answer.ok ? ok(answer.value.map((vector) => lies[lie]?.(vector, seen++) ?? vector)) : answer
      },
    })
  },
})
tellParent(expectOk(report, 'the model runs on the CPU'))
