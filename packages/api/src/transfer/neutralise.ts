/**
 * What a spreadsheet would run as a formula, or hides a formula's beginning behind: OWASP's list, and
 * the full-width signs that Japanese Excel takes for the same.
 */
const RUNS = /^'*[=+\-@\t\r\n＝＋－＠]/
const NEUTRALISED = /^'+[=+\-@\t\r\n＝＋－＠]/

/**
 * A cell that a spreadsheet shows and never runs: what could be a formula gets an apostrophe in front.
 * So does what already has one there, since {@link restoreCell} takes one away.
 */
export const neutraliseCell = (cell: string): string => (RUNS.test(cell) ? `'${cell}` : cell)

/** The other way round; leaves every other cell as it is. */
export const restoreCell = (cell: string): string => (NEUTRALISED.test(cell) ? cell.slice(1) : cell)
