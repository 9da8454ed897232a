import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'

/**
 * Median distance (1 - cosine) of a frame's vector to its nearest neighbour in another scene, by model: the unit in
 * which distances mean the same to every model (methods.md, decision 12).
 */
const measured = {
  /** ViT-B/32; ViT-B/16 with its 0.0375 cannot be told from it by the manifest, and is near enough. */
  clip: 0.0405,
  /** ViT-L/14: the only CLIP with vectors this long. */
  clipLarge: 0.0892,
  siglip: 0.0483,
} as const

const largeDimensions = 768

/** `medianNearest` of the manifest, or what was measured for models of its family and size. */
export const nearestMedian = ({
  family,
  dimensions,
  medianNearest,
}: Pick<ModelManifest, 'family' | 'dimensions' | 'medianNearest'>): number => {
  if (medianNearest !== undefined) return medianNearest
  if (family === 'siglip') return measured.siglip
  return dimensions >= largeDimensions ? measured.clipLarge : measured.clip
}
