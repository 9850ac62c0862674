/** The pages before the one shown, as the browser's history keeps them. */
export function readTrail(state: unknown): readonly string[] | undefined {
  if (typeof state !== 'object' || state === null || !('trail' in state)) return undefined
  const { trail } = state
  return Array.isArray(trail) && trail.every((each) => typeof each === 'string') ? trail : undefined
}
