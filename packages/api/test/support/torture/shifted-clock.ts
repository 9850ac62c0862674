/** The signal at which a process with such a clock makes its next jump. */
export const JUMP = 'SIGUSR2'

/**
 * The environment of a process whose wall clock is wrong by so many milliseconds, and jumps by so many
 * more at each {@link JUMP}. What is monotonic goes on as it does.
 */
export function shiftedClock(shiftMs: number, ...jumpsMs: readonly number[]): NodeJS.ProcessEnv {
  const code = `
    const jumps = ${JSON.stringify(jumpsMs)}
    let shift = ${shiftMs}
    process.on('${JUMP}', () => { shift += jumps.shift() ?? 0 })
    const now = () => RealDate.now() + shift
    const RealDate = Date
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, given, made) => Reflect.construct(target, given.length > 0 ? given : [now()], made),
      get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
    })`
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` }
}
