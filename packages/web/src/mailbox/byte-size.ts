import type { Language } from '@mailroom/shared'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const STEP = 1_000

/** A size as file managers show it: 820 bytes, 14 kB, 2.3 MB. */
export function byteSize(bytes: number, language: Language): string {
  const at = Math.min(
    bytes < STEP ? 0 : Math.floor(Math.log10(bytes) / Math.log10(STEP)),
    UNITS.length - 1,
  )
  const value = bytes / STEP ** at
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[at] ?? 'byte',
    unitDisplay: at === 0 ? 'long' : 'short',
    maximumFractionDigits: at > 1 && value < 100 ? 1 : 0,
  }).format(value)
}
