/** A name in an address may be written with escapes. */
export function decodePercent(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    // no escapes then, but a name with a per cent sign
    return id
  }
}
