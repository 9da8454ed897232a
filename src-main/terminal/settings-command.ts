import type { WideChoice, WidePictures } from '../../src-preload/contract/wide-pictures.ts'
import { clockTime, counted } from './lines.ts'
import type { Command_ } from './command.ts'
import { exitStatus } from './output.ts'

export type SettingsRequest = { readonly name?: string; readonly value?: string; readonly unset: boolean }

const costWords = ({ films, seconds, measured }: WideChoice): string => {
  const again = `${counted(films, 'video')} to be looked at again`
  if (films === 0) return 'nothing to be looked at again'
  if (seconds === null) return `${again}; for how long is not known`
  return `${again}, about ${clockTime(seconds)} of the model’s work (${measured ? 'measured' : 'guessed'})`
}

/** What each way of seeing wide frames costs; what is to be done begins with the next index run. */
const wideLines = ({ mode, model, crops, choices }: WidePictures): readonly string[] => {
  if (!crops) return [`    ${model} squeezes whole frames: this makes no difference to it.`]
  const line = (choice: WideChoice): string =>
    `    ${choice.mode === mode ? '*' : ' '} ${choice.mode.padEnd(9)} ${counted(choice.pictures, 'picture')} a frame; ${costWords(choice)}`
  const left = choices.find((choice) => choice.mode === mode)?.films ?? 0
  const next = '    The next index run does that; what is there answers until then.'
  return [...choices.map(line), ...(left > 0 ? [next] : [])]
}

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
    const wide =
      name === 'wide-pictures' ? await ask((client) => client.call.settings.widePictures({})) : null
    if (wide?.ok === false) return output.failure(wide)
    const widePictures = wide?.value ?? null
    output.answer({ settings: shown, ...(widePictures === null ? {} : { widePictures }) }, () => [
      ...shown.map(
        (setting) =>
          `${setting.name} = ${setting.value ?? `${setting.fallback === '' ? '(none)' : setting.fallback} (not set)`}\n    ${setting.meaning}`,
      ),
      ...(widePictures === null ? [] : wideLines(widePictures)),
    ])
    return exitStatus.done
  }
