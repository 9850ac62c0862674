/**
 * Where a conversation stands. BEFORE: a command was heard. MIDDLE: it was done, and half of the answer
 * is out. AFTER: all of it is.
 */
export interface Moment {
  /** The command in capitals (UID and its command together), or CONNECT. */
  readonly verb: string
  readonly argument: string
  readonly phase: 'BEFORE' | 'MIDDLE' | 'AFTER'
  /** The how many-th command of this verb, of all connections. */
  readonly nth: number
  /** The how many-th connection. */
  readonly session: number
}

/** What goes wrong there. `say` and what follows it stand for the answer and need the phase BEFORE. */
export type Fault =
  | 'FIN'
  | 'RST'
  | 'STALL'
  | { readonly say: string; readonly hangsUp?: boolean }
  | { readonly dripMs: number; readonly dripBytes?: number }
  | { readonly flood: string }

/** Asked at every moment; undefined: all goes well. */
export type Hook = (moment: Moment) => Fault | undefined | Promise<Fault | undefined>

/** A place in a conversation. */
export interface Place {
  readonly verb: string
  readonly phase?: Moment['phase']
  readonly nth?: number
  readonly argument?: RegExp
}

export const isAt = (moment: Moment, { verb, phase = 'BEFORE', nth, argument }: Place) =>
  moment.verb === verb &&
  moment.phase === phase &&
  (nth === undefined || moment.nth === nth) &&
  (argument === undefined || argument.test(moment.argument))

/** A fault at each such place. */
export const faultAt =
  (place: Place, fault: Fault): Hook =>
  (moment) =>
    isAt(moment, place) ? fault : undefined

/** A fault at the first such place alone. */
export function faultOnce(place: Place, fault: Fault): Hook {
  let isDone = false
  return (moment) => {
    if (isDone || !isAt(moment, place)) return undefined
    isDone = true
    return fault
  }
}

/** Does something at the first such place, while the server waits. */
export function meanwhile(place: Place, act: () => unknown): Hook {
  let isDone = false
  return async (moment) => {
    if (isDone || !isAt(moment, place)) return undefined
    isDone = true
    await act()
    return undefined
  }
}

export const placeName = ({ verb, phase = 'BEFORE', nth, argument }: Place) =>
  [phase.toLowerCase(), verb, nth, argument].filter((part) => part !== undefined).join(' ')
