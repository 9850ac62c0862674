/** The columns that the list's head and rows share on wide screens. */
export const ROW_GRID =
  'md:grid md:grid-cols-[minmax(7rem,1.5fr)_minmax(7rem,1.2fr)_7.5rem_minmax(10rem,0.9fr)_10.5rem] md:gap-x-4'
