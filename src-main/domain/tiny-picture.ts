/** Every frame of a film is looked at in this size (rgb24): what TransNetV2 takes, and enough for cuts (methods.md a-1). */
export const tinySize = { width: 48, height: 27 } as const
