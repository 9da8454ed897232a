import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'

/** rgb24, row by row from the top. */
export type Picture = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

type Kernel = { readonly support: number; readonly at: (x: number) => number }

/** Pillow's kernels (Resample.c): bicubic with a = -0.5, bilinear a triangle, area a box. */
const kernels: Readonly<Record<ModelManifest['image']['interpolation'], Kernel>> = {
  bicubic: {
    support: 2,
    at: (signed) => {
      const x = Math.abs(signed)
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
    },
  },
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  area: { support: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
}

/** One row or column of numbers to `count`: the kernel is stretched when it shrinks, which is the anti-aliasing. */
const weightsOf = (from: number, count: number, kernel: Kernel): { first: number; weights: number[] }[] => {
  const ratio = from / count
  const stretch = Math.max(1, ratio)
  return Array.from({ length: count }, (_, i) => {
    const centre = (i + 0.5) * ratio
    const first = Math.max(0, Math.floor(centre - kernel.support * stretch + 0.5))
    const end = Math.min(from, Math.floor(centre + kernel.support * stretch + 0.5))
    const raw = Array.from({ length: end - first }, (__, k) =>
      kernel.at((first + k - centre + 0.5) / stretch),
    )
    const sum = raw.reduce((a, b) => a + b, 0)
    return { first, weights: raw.map((weight) => weight / sum) }
  })
}

const resizeRows = ({ width, height, rgb }: Picture, to: number, kernel: Kernel): Picture => {
  const out = new Uint8ClampedArray(to * height * 3)
  for (const [x, { first, weights }] of weightsOf(width, to, kernel).entries())
    for (let y = 0; y < height; y += 1)
      for (let c = 0; c < 3; c += 1) {
        let sum = 0
        for (const [k, weight] of weights.entries()) sum += weight * rgb[(y * width + first + k) * 3 + c]!
        out[(y * to + x) * 3 + c] = sum
      }
  return { width: to, height, rgb: new Uint8Array(out.buffer) }
}

const turned = ({ width, height, rgb }: Picture): Picture => {
  const out = new Uint8Array(rgb.length)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let c = 0; c < 3; c += 1) out[(x * height + y) * 3 + c] = rgb[(y * width + x) * 3 + c]!
  return { width: height, height: width, rgb: out }
}

const resize = (picture: Picture, width: number, height: number, kernel: Kernel): Picture =>
  turned(resizeRows(turned(resizeRows(picture, width, kernel)), height, kernel))

/** Python's round, which torchvision's center_crop uses: 55.5 is 56, 56.5 is 56 too. A pixel off is 0.96 to a model. */
const halfToEven = (value: number): number =>
  value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value)

const crop = (picture: Picture, width: number, height: number): Picture => {
  const left = halfToEven((picture.width - width) / 2)
  const top = halfToEven((picture.height - height) / 2)
  const rows = Array.from({ length: height }, (_, y) => {
    const from = ((top + y) * picture.width + left) * 3
    return picture.rgb.subarray(from, from + width * 3)
  })
  return { width, height, rgb: new Uint8Array(Buffer.concat(rows)) }
}

/**
 * What a model was trained on, in plain words: torchvision's Resize + CenterCrop over Pillow, or a plain stretch.
 * Slow and simple on purpose: the truth that the fast way (ffmpeg) is measured against.
 */
export const plainPreprocess = (picture: Picture, image: ModelManifest['image']): Picture => {
  const kernel = kernels[image.interpolation]
  if (image.resize === 'stretch') return resize(picture, image.width, image.height, kernel)
  const scale = Math.max(image.width / picture.width, image.height / picture.height)
  const width = Math.max(image.width, Math.floor(picture.width * scale + 1e-6))
  const height = Math.max(image.height, Math.floor(picture.height * scale + 1e-6))
  return crop(resize(picture, width, height, kernel), image.width, image.height)
}

/** (value / 255 - mean) / std, channel planes, red first: the formula of every model card, one line. */
export const plainPlanes = ({ width, height, rgb }: Picture, image: ModelManifest['image']): Float32Array =>
  Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const c = Math.floor(i / (width * height))
    return (rgb[(i % (width * height)) * 3 + c]! / 255 - image.mean[c]!) / image.std[c]!
  })
