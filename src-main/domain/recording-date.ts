/** A container's tags, as ffprobe gives them. */
export type Tags = Readonly<Record<string, string>>

/** Keys in order of trust. A phone's own date has the zone; `creation_time` is UTC, often the time of a conversion. */
const clockKeys = ['com.apple.quicktime.creationdate', 'creation_time', 'date_recorded', 'idit', 'icrd']
const personKeys = ['date', 'originaldate', 'date_released', 'year']

/** Cameras that write files did not exist before; earlier clocks are epochs (1904 QuickTime, 1970 Unix, 1980 FAT). */
const firstClock = Date.UTC(1990, 0, 1)
/** The first film. A person may have dated a digitised one. */
const firstFilm = Date.UTC(1888, 0, 1)
/** What programs write that know no date. */
const epochs = /^(1904|1970)(-01-01|$)/

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const isoLike =
  /^(\d{4})(?:[-:/.]?(\d\d)(?:[-:/.]?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?)?)?$/i
/** AVI's IDIT: "Mon Mar 10 15:04:43 2003". */
const ctimeLike = /^\w{3}\s+(\w{3})\s+(\d{1,2})\s+(\d\d):(\d\d):(\d\d)\s+(\d{4})$/

const zoneOf = (zone: string | undefined): string =>
  zone === undefined ? '' : /^(Z|UTC)$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`

const offsetMinutes = (zone: string): number =>
  zone === '' || zone === 'Z'
    ? 0
    : (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * (zone.startsWith('-') ? -1 : 1)

type Dated = { readonly text: string; readonly time: number }

/** `parts`: year, month, day, hour, minute, second, as far as they are known. */
const dated = (parts: readonly (string | undefined)[], zone: string): Dated | null => {
  const known = parts.filter((part) => part !== undefined)
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = known.map(Number)
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  // 31 February would become March: what does not come back unchanged is no date.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || date.getUTCHours() !== hour)
    return null
  const pad = (n: number): string => String(n).padStart(2, '0')
  const days = [String(year), ...[month, day].map(pad)].slice(0, known.length).join('-')
  const text = known.length > 3 ? `${days}T${[hour, minute, second].map(pad).join(':')}${zone}` : days
  return { text, time: date.getTime() - offsetMinutes(zone) * 60_000 }
}

const parseDate = (value: string): Dated | null => {
  const iso = isoLike.exec(value.trim())
  if (iso !== null) return dated(iso.slice(1, 7), zoneOf(iso[7]))
  const ctime = ctimeLike.exec(value.trim())
  if (ctime === null) return null
  const month = months.indexOf((ctime[1] ?? '').toLowerCase()) + 1
  return month === 0 ? null : dated([ctime[6], String(month), ctime[2], ctime[3], ctime[4], ctime[5]], '')
}

const lowerKeys = (tags: Tags): ReadonlyMap<string, string> =>
  new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]))

/**
 * When a film was recorded, from its tags (the container's before its streams'), in ISO 8601 with as many parts as are
 * known and the zone only where the tag has one. Null where no tag is credible: none later than `now` (epoch seconds)
 * and a day, none at an epoch.
 */
export const recordingDate = (tagSets: readonly Tags[], now: number): string | null => {
  const sets = tagSets.map(lowerKeys)
  const newest = (now + 86_400) * 1000
  for (const [keys, oldest] of [
    [clockKeys, firstClock],
    [personKeys, firstFilm],
  ] as const)
    for (const key of keys)
      for (const set of sets) {
        const date = parseDate(set.get(key) ?? '')
        if (date !== null && date.time >= oldest && date.time <= newest && !epochs.test(date.text))
          return date.text
      }
  return null
}
