import { resolve } from 'node:path'
import type { Model } from '../../src-preload/contract/nouns.ts'
import { fail } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Command_ } from './command.ts'
import { byteSize } from './lines.ts'
import { exitStatus } from './output.ts'
import type { LibraryClient } from './session.ts'

export type ModelAction =
  | { readonly verb: 'list' }
  | { readonly verb: 'add'; readonly directory: string }
  | { readonly verb: 'get' | 'use' | 'remove'; readonly id: string }

const act = (client: LibraryClient, action: ModelAction): Promise<Result<readonly Model[]>> => {
  switch (action.verb) {
    case 'list':
      return client.call.models.list({})
    case 'add':
      return client.call.models.add({ directory: resolve(action.directory) })
    case 'use':
      return client.call.models.use({ id: action.id })
    case 'remove':
      return client.call.models.remove({ id: action.id })
    case 'get':
      return Promise.resolve(
        fail(
          'not-found',
          `There is no model ${action.id} to download: this version has no registry yet.`,
          'Bring a folder of your own: kinora models add DIR (docs/model-format.md).',
        ),
      )
  }
}

const modelLine = ({ id, name, licence, state, current, bytes, dimensions, description }: Model): string =>
  `${current ? '*' : ' '} ${id}: ${name}  ${licence}  ${byteSize(bytes)}, ${dimensions} numbers a frame, ${state}` +
  (description === '' ? '' : `\n      ${description}`)

/** `models [add DIR | get ID | use ID | remove ID]`. */
export const modelsCommand =
  (action: ModelAction): Command_ =>
  async ({ ask, output }) => {
    const models = await ask((client) => act(client, action))
    if (!models.ok) return output.failure(models)
    output.answer({ models: models.value }, () => [
      ...models.value.map(modelLine),
      ...(action.verb === 'add' ? ['Search with one of them: kinora models use ID'] : []),
      ...(action.verb === 'use' ? ['Films without its vectors get them by: kinora index'] : []),
    ])
    return exitStatus.done
  }
