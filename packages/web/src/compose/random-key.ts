const BYTES = 16

/** Not by randomUUID(), which browsers have on secure origins alone. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(BYTES))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
