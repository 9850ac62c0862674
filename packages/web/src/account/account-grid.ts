/** The columns that the list's head and rows share on wide screens. */
export function accountGrid(hasPeople: boolean): string {
  return hasPeople
    ? 'md:grid md:grid-cols-[minmax(10rem,2fr)_minmax(5rem,0.8fr)_minmax(6rem,1fr)_minmax(8rem,1.4fr)_7rem] md:gap-x-4'
    : 'md:grid md:grid-cols-[minmax(10rem,2fr)_minmax(5rem,0.9fr)_minmax(8rem,1.5fr)_7rem] md:gap-x-4'
}
