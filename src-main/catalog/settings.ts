import type { Database } from './database.ts'

/** What a person can set. Unset ones are null. */
export type SettingName = 'current-model' | 'ffmpeg-path' | 'minimum-bytes'

export type Settings = {
  readonly get: (name: SettingName) => string | null
  readonly set: (name: SettingName, value: string) => void
}

/** The settings of a library, kept in library.db. */
export const createSettings = (database: Database): Settings => {
  const read = database.prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?')
  const write = database.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    get: (name) => read.get(name)?.value ?? null,
    set: (name, value) => void write.run(name, value),
  }
}
