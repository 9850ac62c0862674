/** The columns that the list's head and rows share on wide screens. */
export const ROW_GRID =
  'md:grid md:grid-cols-[3.75rem_minmax(5rem,0.8fr)_minmax(7rem,1.3fr)_minmax(9rem,1.5fr)_minmax(10rem,1.7fr)_7rem] md:gap-x-4'
