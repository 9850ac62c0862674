/** A hostile server may talk without end; what a person reads of one step is this much. */
const LINES_MAX = 200;
/** Commands whose arguments are never shown, and how much of each is. */
const SHOWN = /^(?:AUTH \S+|AUTH|USER|PASS|APOP|\S+ LOGIN|\S+ AUTHENTICATE \S+)/i;
/**
 * What passed on the wire, one step at a time, fit for a support request. Known secrets are masked by
 * `redact`; while signing in, nothing but the commands' names and the server's final words is kept at
 * all, so that no answer to a challenge depends on being recognised.
 */
export class Transcript {
    #redact;
    #lines;
    #isSigningIn;
    constructor(redact) {
        this.#lines = [];
        this.#isSigningIn = false;
        this.hear = (from, line) => {
            if (this.#lines.length > LINES_MAX)
                return;
            if (this.#lines.length === LINES_MAX) {
                this.#lines.push('…');
                return;
            }
            const shown = this.#isSigningIn ? signInLine(from, line) : line;
            this.#lines.push(`${from === 'client' ? 'C' : 'S'}: ${this.#redact(shown)}`);
        };
        this.#redact = redact;
    }
    /** Begins a step; answers nothing of the one before. */
    begin(isSigningIn) {
        this.#lines = [];
        this.#isSigningIn = isSigningIn;
    }
    /** The present step's lines so far: "C:" ours, "S:" the server's. */
    get lines() {
        return this.#lines;
    }
}
function signInLine(from, line) {
    if (from === 'server')
        return /^(334|\+) /.test(line) ? line.replace(/ .*/s, ' […]') : line;
    const command = SHOWN.exec(line)?.[0];
    if (command === undefined)
        return /^[A-Z]{4}$|^\*$/i.test(line) ? line : '[…]';
    return command.length < line.length ? `${command} […]` : command;
}
//# sourceMappingURL=transcript.js.map