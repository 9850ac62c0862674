/** Longer lists show only the rows in sight, between which a row cannot be dragged. */
export const DRAGGABLE_MAX = 300
