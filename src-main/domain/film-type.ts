/** MIME types of containers as `VideoDetail.container` names them (ffprobe's short names); IANA's where it has one. */
const types: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  // Chromium plays QuickTime with its MP4 reader, but not under QuickTime's own name.
  mov: 'video/mp4',
  matroska: 'video/x-matroska',
  webm: 'video/webm',
  avi: 'video/x-msvideo',
  mpegts: 'video/mp2t',
  mpeg: 'video/mpeg',
  ogg: 'video/ogg',
  flv: 'video/x-flv',
  asf: 'video/x-ms-asf',
  mxf: 'application/mxf',
  '3gp': 'video/3gpp',
}

/** The MIME type of a film, from its container and its file's name (WebM is Matroska to ffprobe). */
export const filmType = (container: string, path: string): string =>
  container === 'matroska' && path.toLowerCase().endsWith('.webm')
    ? 'video/webm'
    : ((Object.hasOwn(types, container) ? types[container] : undefined) ?? 'application/octet-stream')
