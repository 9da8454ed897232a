import { resolve } from 'node:path'
import type { Folder } from '../../src-preload/contract/nouns.ts'
import type { Command_ } from './command.ts'
import { counted } from './lines.ts'
import { exitStatus } from './output.ts'

const folderLines = (folders: readonly Folder[]): readonly string[] =>
  folders.length === 0
    ? ['No folder is watched. Add one with: kinora add DIR']
    : folders.map(
        ({ path, videos, online }) => `${path}  ${counted(videos, 'video')}${online ? '' : '  (offline)'}`,
      )

const folderDocument = (folders: readonly Folder[]): unknown => ({
  folders: folders.map(({ path, pathBytes, videos, online }) => ({
    path,
    ...(pathBytes === undefined ? {} : { pathBytes }),
    videos,
    online,
  })),
})

/** `add DIR…` and `remove DIR…`. */
export const folderCommand =
  (verb: 'add' | 'remove', directories: readonly string[]): Command_ =>
  async ({ ask, output }) => {
    const paths = directories.map((directory) => resolve(directory))
    const folders = await ask((client) => client.call.folders[verb]({ paths }))
    if (!folders.ok) return output.failure(folders)
    output.answer(folderDocument(folders.value), () => [
      ...folderLines(folders.value),
      ...(verb === 'add' ? ['Look through them with: kinora index'] : []),
    ])
    return exitStatus.done
  }
