/** The columns that the preview's head and rows share on wide screens. */
export const PREVIEW_GRID =
  'md:grid md:grid-cols-[3.5rem_7.5rem_minmax(6rem,1fr)_minmax(14rem,4fr)] md:gap-x-4'
