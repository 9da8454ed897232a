/** The stages of a video, in order; the words are a promise of the command line (`cli.md`). */
export const stageNames = ['found', 'probed', 'skimmed', 'analyzed', 'chaptered'] as const

export type StageName = (typeof stageNames)[number]
