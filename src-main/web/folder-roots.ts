import { readdir, stat } from 'node:fs/promises'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false, // not there or not for us: no root either way
  )

const foldersOf = async (path: string): Promise<readonly string[]> =>
  readdir(path).then(
    (names) => names.map((name) => join(path, name)),
    () => [], // there is no such folder of drives on this system
  )

/** The name of whoever runs this; a container may know none. */
const userName = (): string => {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}

const driveFolders = async (platform: NodeJS.Platform): Promise<readonly string[]> => {
  if (platform === 'win32') return Array.from('CDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`)
  if (platform === 'darwin') return foldersOf('/Volumes')
  const user = userName()
  const own = user === '' ? [] : [join('/media', user), join('/run/media', user)]
  const media = await foldersOf('/media')
  return [
    ...media.filter((path) => !own.includes(path)),
    ...(await Promise.all(own.map(foldersOf))).flat(),
    ...(await foldersOf('/mnt')),
  ]
}

/** Where a person's videos are: the home folder and every mounted drive. */
export const defaultRoots = async (platform: NodeJS.Platform): Promise<readonly string[]> => {
  const candidates = [homedir(), ...(await driveFolders(platform))]
  const are = await Promise.all(candidates.map(isFolder))
  return candidates.filter((_path, index) => are[index])
}
