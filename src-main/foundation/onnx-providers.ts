import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, release } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { providerLabel, providerOrder, type OnnxProvider } from '../domain/onnx-provider.ts'
import { listedProviders, onnxruntimeVersion } from './onnx-session.ts'

/** A provider as far as it can be told without loading a driver: `absent` says why it cannot run, '' where it may. */
export type ProviderHere = { readonly provider: OnnxProvider; readonly absent: string }

/** Where onnxruntime-node keeps its libraries, beside its binding; a package that is packed in asar is unpacked there. */
const libraryFolder = (): string => {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node')
  const folder = join(dirname(main), '..', 'bin', 'napi-v6', platform(), arch())
  return folder.replace(/\bapp\.asar\b(?!\.unpacked)/, 'app.asar.unpacked')
}

const cudaLibrary =
  platform() === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so'

/**
 * What onnxruntime knows on this platform of CUDA, DirectML, CoreML, WebGPU, CPU, in that order. Cheap: reads names of
 * files, loads nothing.
 */
export const providersHere = (): readonly ProviderHere[] => {
  const listed = listedProviders()
  return providerOrder.flatMap((provider) => {
    const found = listed.find(({ name }) => name === provider)
    if (found === undefined) return []
    const isMissing = !found.bundled && !existsSync(join(libraryFolder(), cudaLibrary))
    return [{ provider, absent: isMissing ? `not in this build (${cudaLibrary} is not installed)` : '' }]
  })
}

const quietly = (read: () => string): string => {
  try {
    return read()
  } catch {
    return '' // not there: that is the answer
  }
}

const vulkanFolders = ['/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/usr/share/vulkan/icd.d']

/** Vulkan drivers that a loader on Linux would find: named by the environment, else those of the system. */
export const vulkanDrivers = (environment: NodeJS.ProcessEnv): readonly string[] => {
  const named = environment['VK_DRIVER_FILES'] ?? environment['VK_ICD_FILENAMES'] ?? ''
  if (named !== '') return named.split(delimiter).filter((file) => existsSync(file))
  return vulkanFolders.flatMap((folder) =>
    quietly(() => readdirSync(folder).sort().join('\n'))
      .split('\n')
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name)),
  )
}

/**
 * Everything that may change what a provider answers and can be read without loading a driver: onnxruntime, the
 * system (on Windows and macOS drivers come with it or change its build), and Linux's drivers. Another fingerprint
 * means: check again.
 */
export const machineFingerprint = (environment: NodeJS.ProcessEnv): string =>
  [
    `onnxruntime ${onnxruntimeVersion}`,
    `${platform()} ${arch()} ${release()}`,
    ...(platform() === 'linux'
      ? [
          quietly(() => readFileSync('/proc/driver/nvidia/version', 'utf8').split('\n')[0] ?? ''),
          vulkanDrivers(environment).join(' '),
          environment['VK_LOADER_LAYERS_ENABLE'] ?? '',
          existsSync(join(libraryFolder(), cudaLibrary)) ? cudaLibrary : '',
        ]
      : []),
  ].join('; ')

/** True for onnxruntime's words where a provider has no device, library or driver: nothing is wrong, it is not there. */
export const saysAbsent = (message: string): boolean =>
  /adapter|load shared library|backend not found|has no provider|no .*device|cannot open shared/i.test(
    message,
  )

/**
 * onnxruntime's words for a provider that did not start, as a clause for people with what is known of this machine.
 * The C++ file and line in front of them help nobody.
 */
export const providerTrouble = (
  provider: OnnxProvider,
  message: string,
  environment: NodeJS.ProcessEnv,
): string => {
  if (provider === 'webgpu' && /adapter/i.test(message) && platform() === 'linux') {
    const drivers = vulkanDrivers(environment).map((file) => file.replace(/^.*\//, '').replace(/_icd.*$/, ''))
    return drivers.length === 0
      ? 'no Vulkan driver found, so there is no GPU that it could use'
      : `no GPU found: Vulkan drivers are installed (${drivers.join(', ')}), none has a device that it can use`
  }
  if (provider === 'webgpu' && /adapter/i.test(message)) return 'no GPU found that it could use'
  if (provider === 'cuda' && /load shared library|cannot open/i.test(message))
    return 'its libraries (CUDA, cuDNN) are not installed'
  const plain = message.replace(/^.*was false\. /, '').replace(/^\/\S+ /, '')
  return `${providerLabel[provider]} says: ${plain}`
}
