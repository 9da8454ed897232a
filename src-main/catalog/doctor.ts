import type { DoctorCheck } from '../../src-preload/contract/nouns.ts'
import { fewestFrames } from '../domain/calibration.ts'
import { findFfmpeg } from '../foundation/ffmpeg-binaries.ts'
import type { EncoderLink } from './encoder-link.ts'
import type { ProviderChecks } from './provider-checks.ts'
import type { Store } from './store.ts'

const check = (name: string, ok: boolean, detail: string, advice = ''): DoctorCheck => ({
  name,
  ok,
  detail,
  advice,
})

const checkFfmpeg = async (store: Store): Promise<readonly DoctorCheck[]> => {
  const found = await findFfmpeg({
    ffmpegPath: store.settings.get('ffmpeg-path') ?? undefined,
    environment: process.env,
  })
  if (!found.ok) return [check('ffmpeg', false, found.error.message, found.error.advice)]
  const { ffmpeg, ffprobe, version, origin, outdated } = found.value
  const advice = outdated ? 'This one is good for trying out only: install ffmpeg 5.1 or newer.' : ''
  return [
    check('ffmpeg', !outdated, `${version} (${origin}): ${ffmpeg}`, advice),
    check('ffprobe', true, ffprobe),
  ]
}

const checkDatabase = (store: Store): DoctorCheck => {
  const bad = (['main', 'derived'] as const).filter(
    (schema) => store.database.pragma(`${schema}.quick_check(1)`, { simple: true }) !== 'ok',
  )
  if (bad.length === 0) return check('database', true, `${store.paths.library} and derived.db are sound`)
  const advice = bad.includes('main')
    ? `Put the newest copy of ${store.paths.backups} in the place of library.db.`
    : 'Close Kinora and delete derived.db: it is made again.'
  return check('database', false, `damaged: ${bad.join(', ')}`, advice)
}

const checkIndex = (store: Store): DoctorCheck => {
  const { segments, damaged, chunks } = store.vectors.check(store.models.currentSpace())
  const detail = `${chunks} chunks of vectors, ${segments} index files, ${damaged} damaged`
  return check(
    'index',
    damaged === 0,
    detail,
    damaged === 0 ? '' : 'Restart Kinora: index files are made again.',
  )
}

const checkModel = async (store: Store, encoder: EncoderLink): Promise<readonly DoctorCheck[]> => {
  const id = store.models.currentId()
  const folder = await store.models.open(id)
  if (!folder.ok) return [check('model', false, folder.error.message, folder.error.advice)]
  const answer = await encoder.ask((client) =>
    client.call.models.check({ model: { id, directory: folder.value.directory } }),
  )
  if (!answer.ok) return [check('model', false, answer.error.message, answer.error.advice)]
  const { textMilliseconds, imageMilliseconds } = answer.value
  const detail = `${folder.value.manifest.name}: a word and a picture were embedded`
  const times = `${imageMilliseconds.toFixed(1)} ms a picture, ${textMilliseconds.toFixed(1)} ms a text`
  return [check('model', true, `${detail} (${times})`)]
}

const checkProviders = async (
  store: Store,
  providers: ProviderChecks,
  signal: AbortSignal | undefined,
): Promise<readonly DoctorCheck[]> => {
  const place = store.models.place(store.models.currentId())
  return place === null ? [] : providers.doctor(place, signal)
}

/** Which model answers, which one is to, and where their files and the list of all requests are. */
const checkModels = (store: Store, folder: string): DoctorCheck => {
  const { models, coverage } = store
  const [current, next] = [models.currentId(), models.nextId()]
  const percent = (id: string): string =>
    `${Math.floor(100 * coverage.share(models.spaceOf(id)))} % of the films`
  const parts = [
    `${current} answers, with ${percent(current)}`,
    ...(next === null ? [] : [`${next} is to answer, as soon as it has seen enough: ${percent(next)}`]),
    `downloaded models: ${folder}`,
    `requests: ${store.paths.requestLog}`,
  ]
  return check('models', true, parts.join('; '))
}

const checkCalibration = (store: Store): DoctorCheck => {
  const id = store.models.currentId()
  const known = store.calibrations.get(id)
  if (known === null) {
    const frames = store.vectors.framesOf(store.models.spaceOf(id))
    const why = frames < fewestFrames ? `there are ${frames}` : 'it is done when an index run ends'
    return check('calibration', true, `not measured: ${fewestFrames} frames are needed, ${why}`)
  }
  const { frames, films, medianNearest, background } = known
  const scores =
    background === null
      ? `${id} knows too few words for a background of scores`
      : `background ${background.mean.toFixed(3)} ± ${background.sd.toFixed(3)}, 95 % below ${background.p95.toFixed(3)}`
  return check(
    'calibration',
    true,
    `${id}, ${frames} frames of ${films} films: median nearest ${medianNearest.toFixed(4)}; ${scores}`,
  )
}

/** Checks each part by doing, not by looking whether it is there. */
export const runDoctor = async (
  store: Store,
  encoder: EncoderLink,
  providers: ProviderChecks,
  modelsFolder: string,
  signal?: AbortSignal,
): Promise<readonly DoctorCheck[]> => [
  ...(await checkFfmpeg(store)),
  checkDatabase(store),
  checkIndex(store),
  ...(await checkModel(store, encoder)),
  ...(await checkProviders(store, providers, signal)),
  checkModels(store, modelsFolder),
  checkCalibration(store),
]
