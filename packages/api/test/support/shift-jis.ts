/** Text in Shift_JIS, as Japanese spreadsheets write it; throws where it cannot be written. */
export function toShiftJis(text: string): Buffer {
  return Buffer.from(
    [...text].flatMap((character) => {
      const bytes = TABLE.get(character)
      if (bytes === undefined) throw new Error(`not in Shift_JIS: ${character}`)
      return bytes
    }),
  )
}

/** Node reads Shift_JIS and does not write it: every character is looked up by what it is read from. */
const TABLE: ReadonlyMap<string, number[]> = new Map(
  [...single(), ...double()].reverse().flatMap((bytes): [string, number[]][] => {
    const text = read(bytes)
    return text === undefined ? [] : [[text, bytes]]
  }),
)

function single(): number[][] {
  return Array.from({ length: 256 }, (_, byte) => [byte])
}

function double(): number[][] {
  return Array.from({ length: 0x7c }, (_, lead) => lead + 0x81).flatMap((lead) =>
    Array.from({ length: 0xbd }, (_, trail) => [lead, trail + 0x40]),
  )
}

function read(bytes: number[]): string | undefined {
  try {
    const text = new TextDecoder('shift_jis', { fatal: true }).decode(Buffer.from(bytes))
    return [...text].length === 1 ? text : undefined
  } catch {
    return undefined
  }
}
