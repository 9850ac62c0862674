/** The columns that the list's head and rows share on wide screens. */
export const ROW_GRID =
  'md:grid md:grid-cols-[minmax(8rem,1.6fr)_minmax(7rem,1.2fr)_7.5rem_minmax(10rem,1fr)_9.5rem] md:gap-x-4'
