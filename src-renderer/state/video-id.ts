/** An id of the library (contract/page-api.ts); what a person typed may also be a path. */
export const isVideoId = (video: string): boolean => /^v[0-9a-f]{20}$/.test(video)
