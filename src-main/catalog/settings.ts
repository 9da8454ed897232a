import { existsSync, statSync } from 'node:fs'
import type { Setting } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { wideModes } from '../../src-preload/contract/wide-pictures.ts'
import type { WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { paceWishes, usualPace } from '../domain/pace.ts'
import type { Database } from './database.ts'

/** What is kept of a person's choices. */
export type SettingName =
  | 'current-model'
  | 'next-model'
  | 'model-mirror'
  | 'model-mirror-hosts'
  | 'proxy'
  | 'ffmpeg-path'
  | 'minimum-bytes'
  | 'on-battery'
  | 'while-working'
  | 'hardware-decoding'
  | 'shot-model'
  | 'wide-pictures'

type Described = {
  readonly fallback: string
  readonly meaning: string
  readonly check: (value: string) => string | null
}

const oneOf =
  (values: readonly string[]): Described['check'] =>
  (value) =>
    values.includes(value) ? null : `It is one of: ${values.join(', ')}.`

const isWebAddress = (value: string): boolean =>
  URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol)

/** The settings that people set by name; `check` says what is wrong with a value. The models have calls of their own. */
const described: Readonly<Record<Exclude<SettingName, 'current-model' | 'next-model'>, Described>> = {
  'ffmpeg-path': {
    fallback: '',
    meaning: 'the ffmpeg to use instead of the one that is found',
    check: (value) => (existsSync(value) ? null : `There is no file ${value}.`),
  },
  'minimum-bytes': {
    fallback: '1',
    meaning: 'films below this size are not looked at (rule too-small)',
    check: (value) => (/^\d{1,12}$/.test(value) ? null : 'It is a whole number of bytes.'),
  },
  'on-battery': {
    fallback: usualPace.onBattery,
    meaning: 'how hard to work on battery: full, slow (one film at a time) or pause',
    check: oneOf(paceWishes),
  },
  'while-working': {
    fallback: usualPace.whileWorking,
    meaning:
      'how hard to work while somebody uses the machine: full, slow or pause; only the desktop sees that',
    check: oneOf(paceWishes),
  },
  'hardware-decoding': {
    fallback: 'auto',
    meaning: 'decode films by the graphics hardware where it gives the same picture (auto), or never (off)',
    check: oneOf(['auto', 'off']),
  },
  'shot-model': {
    fallback: '',
    meaning: 'folder of a TransNetV2 model that finds the cuts instead of the built-in detector',
    check: (value) =>
      value === '' || statSync(value, { throwIfNoEntry: false })?.isDirectory() === true
        ? null
        : `There is no folder ${value}.`,
  },
  'wide-pictures': {
    fallback: 'crop',
    meaning:
      'what a model that sees squares is shown of wide frames: their middle (crop), all of it small (letterbox), or middle and ends (views)',
    check: oneOf(wideModes),
  },
  'model-mirror': {
    fallback: '',
    meaning: 'address that models are downloaded from instead of huggingface.co',
    check: (value) => (value === '' || isWebAddress(value) ? null : 'It is an address such as https://…'),
  },
  'model-mirror-hosts': {
    fallback: '',
    meaning: 'further hosts, with commas between, that the mirror may lead to; * stands for any letters',
    check: (value) => (/^([\w.*-]+(, *[\w.*-]+)*)?$/.test(value) ? null : 'It is names with commas between.'),
  },
  proxy: {
    fallback: '',
    meaning: 'proxy for downloads, http://NAME:PORT; without it HTTPS_PROXY and NO_PROXY decide',
    check: (value) => (value === '' || isWebAddress(value) ? null : 'It is http://NAME:PORT.'),
  },
}

const isSettable = (name: string): name is keyof typeof described => Object.hasOwn(described, name)

/** How wide frames are to be seen. */
export const wideMode = (settings: Pick<Settings, 'get'>): WideMode =>
  wideModes.find((mode) => mode === settings.get('wide-pictures')) ?? 'crop'

export type Settings = {
  readonly get: (name: SettingName) => string | null
  readonly set: (name: SettingName, value: string) => void
  readonly forget: (name: SettingName) => void
  readonly list: () => readonly Setting[]
  /** Sets by name for a person; null goes back to the fallback. Errors: not-found, bad-arguments. */
  readonly choose: (name: string, value: string | null) => Result<null>
}

/** The settings of a library, kept in library.db. */
export const createSettings = (database: Database): Settings => {
  const read = database.prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?')
  const write = database.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const forget = database.prepare('DELETE FROM setting WHERE key = ?')
  const get = (name: SettingName): string | null => read.get(name)?.value ?? null
  return {
    get,
    set: (name, value) => void write.run(name, value),
    forget: (name) => void forget.run(name),
    list: () =>
      Object.entries(described).map(([name, { fallback, meaning }]) => ({
        name,
        value: read.get(name)?.value ?? null,
        fallback,
        meaning,
      })),
    choose: (name, value) => {
      if (!isSettable(name)) {
        return fail(
          'not-found',
          `There is no setting ${name}.`,
          `There are: ${Object.keys(described).join(', ')}.`,
        )
      }
      const wrong = value === null ? null : described[name].check(value)
      if (wrong !== null) return fail('bad-arguments', `${name}: ${wrong}`)
      if (value === null) forget.run(name)
      else write.run(name, value)
      return ok(null)
    },
  }
}
