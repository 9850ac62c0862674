const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** RFC 5322 4.3, and Japan's, in hours east of UTC; a name that nobody knows is taken for UTC, as it says. */
const ZONE_HOURS: Readonly<Record<string, number>> = {
  jst: 9,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
}
const FIRST_YEAR = 1970
const LAST_YEAR = 2100
const MINUTE_MS = 60_000

const RFC_5322 =
  /^(?:[a-z]{2,9}\.?,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([a-z]{1,5}|[+-]\d{4})?/i
/** `Tue Jan  1 10:00:00 [JST] 2019`, by C's asctime and `date`. */
const ASCTIME =
  /^[a-z]{3},?\s+([a-z]{3})[a-z]*\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+(?:([a-z]{1,5}|[+-]\d{4})\s+)?(\d{4})\b/i
const ISO_8601 =
  /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/i

/** When a message says it was written; null for what is no date, or none that a mail can have. */
export function parseMessageDate(value: string): Date | null {
  const text = value
    .slice(0, 200)
    .replace(/\([^()]*\)/g, ' ')
    .trim()
  const date = readRfc5322(text) ?? readAsctime(text) ?? readIso8601(text)
  if (date === null || Number.isNaN(date.getTime())) return null
  const year = date.getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR ? date : null
}

function readRfc5322(text: string): Date | null {
  const match = RFC_5322.exec(text)
  if (match === null) return null
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '0', zone = ''] = match
  return toDate(toYear(year), month, [day, hour, minute, second], zone)
}

function readAsctime(text: string): Date | null {
  const match = ASCTIME.exec(text)
  if (match === null) return null
  const [, month = '', day = '', hour = '', minute = '', second = '0', zone = '', year = ''] = match
  return toDate(Number(year), month, [day, hour, minute, second], zone)
}

function readIso8601(text: string): Date | null {
  if (!ISO_8601.test(text)) return null
  return new Date(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`)
}

/** RFC 5322 4.3: two digits are 1950 to 2049, three count from 1900. */
function toYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year
  return digits.length === 3 ? 1900 + year : year
}

function toDate(
  year: number,
  monthName: string,
  clock: readonly string[],
  zone: string,
): Date | null {
  const month = MONTHS.indexOf(monthName.toLowerCase())
  const [day = 0, hour = 0, minute = 0, second = 0] = clock.map(Number)
  if (month === -1 || hour > 23 || minute > 59 || second > 60 || year < 1000) return null
  const local = new Date(Date.UTC(year, month, day, hour, minute, second))
  // 31 February would quietly be 3 March.
  if (local.getUTCMonth() !== month && hour < 24 && second < 60) return null
  return new Date(local.getTime() - zoneMinutes(zone) * MINUTE_MS)
}

/** Minutes east of UTC; a zone that cannot be is taken for UTC. */
function zoneMinutes(zone: string): number {
  const numeric = /^([+-])(\d{2})(\d{2})$/.exec(zone)
  if (numeric === null) return (ZONE_HOURS[zone.toLowerCase()] ?? 0) * 60
  const [, sign, hours = '', minutes = ''] = numeric
  if (Number(hours) > 15 || Number(minutes) > 59) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
