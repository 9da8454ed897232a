import type { Command_ } from './command.ts'
import { exitStatus } from './output.ts'

export type SettingsRequest = { readonly name?: string; readonly value?: string; readonly unset: boolean }

/** `settings [NAME [VALUE]] [--unset]`: what can be set, and setting it. */
export const settingsCommand =
  ({ name, value, unset }: SettingsRequest): Command_ =>
  async ({ ask, output }) => {
    const settings = await ask((client) =>
      name !== undefined && (value !== undefined || unset)
        ? client.call.settings.set({ name, value: unset ? null : (value ?? null) })
        : client.call.settings.list({}),
    )
    if (!settings.ok) return output.failure(settings)
    const shown =
      name === undefined ? settings.value : settings.value.filter((setting) => setting.name === name)
    output.answer({ settings: shown }, () =>
      shown.map(
        (setting) =>
          `${setting.name} = ${setting.value ?? `${setting.fallback === '' ? '(none)' : setting.fallback} (not set)`}\n    ${setting.meaning}`,
      ),
    )
    return exitStatus.done
  }
