/**
 * The length of a film by its packets: lines of `pts_time,duration_time` as `ffprobe -of csv=p=0` gives them, "N/A"
 * where unknown. Seconds from `startTime` to the last end; by the number of packets and `frameRate` where no packet has
 * a time; 0 where there is nothing to go by.
 */
export const countedDuration = (lines: string, startTime: number, frameRate: number | null): number => {
  let end = 0
  let packets = 0
  for (const line of lines.split('\n')) {
    if (line.trim() === '') continue
    packets += 1
    const [pts = NaN, duration = NaN] = line.split(',').map(Number)
    if (Number.isFinite(pts))
      end = Math.max(end, pts - startTime + (Number.isFinite(duration) ? duration : 0))
  }
  if (end > 0) return end
  return frameRate === null ? 0 : packets / frameRate
}
