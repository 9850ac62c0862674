import { DiagnosisProblem } from '@mailroom/shared';
import { protocolError } from '../peer-errors.js';
import { TransportError } from '../transport-error.js';
import { literalLength, parseImapResponse, } from './imap-parser.js';
/** All that a server may answer to one of our commands, literals included. */
const REPLY_MAX_BYTES = 1024 * 1024;
/** Tagged commands, one at a time. */
export class ImapCommands {
    #connection;
    #redact;
    #number = 0;
    constructor(connection, redact) {
        this.#connection = connection;
        this.#redact = redact;
    }
    /** Runs a command to its tagged answer; each "+" of the server takes the next of `parts`. */
    async run(command, signal, parts = []) {
        this.#number += 1;
        const tag = `A${this.#number}`;
        this.#connection.writeLine(`${tag} ${command}`);
        const left = [...parts];
        const untagged = { capabilities: [], exists: undefined, found: 0, bye: undefined };
        const budget = { bytes: REPLY_MAX_BYTES };
        for (;;) {
            const response = await this.#read(signal, budget, untagged);
            if (response.kind === 'continuation')
                this.#answer(left, response.text);
            else if (response.kind === 'status' && response.tag === tag) {
                const { status, code, text } = response;
                return { status, code, text, ...untagged };
            }
            else
                this.#note(response, untagged);
        }
    }
    #answer(left, text) {
        const part = left.shift();
        // A question too many: nothing of ours may be taken for its answer.
        if (part === undefined)
            throw protocolError(`+ ${text}`, this.#redact);
        this.#connection.writeBytes(part);
    }
    #note(response, untagged) {
        if (response.kind === 'capability')
            untagged.capabilities = response.capabilities;
        else if (response.kind === 'exists')
            untagged.exists = response.count;
        else if (response.kind === 'search')
            untagged.found += response.count;
        else if (response.kind === 'status' && response.tag !== '*') {
            throw protocolError(`answer to ${response.tag}`, this.#redact);
        }
        else if (response.kind === 'status' && response.status === 'BYE') {
            untagged.bye = response.text;
        }
    }
    async #read(signal, budget, untagged) {
        let text = '';
        try {
            for (;;) {
                const line = (await this.#connection.readLine(signal)).toString('utf8');
                text += line;
                budget.bytes -= line.length + 2;
                const literal = literalLength(line);
                if (budget.bytes < (literal ?? 0))
                    throw protocolError('endless answer', this.#redact);
                if (literal === undefined)
                    break;
                // What a literal holds is of no interest to these commands.
                await this.#connection.readBytes(literal, signal);
                budget.bytes -= literal;
            }
        }
        catch (error) {
            throw this.#withReason(error, untagged.bye);
        }
        const response = parseImapResponse(text);
        if (response === undefined)
            throw protocolError(text, this.#redact);
        return response;
    }
    /** A connection that ends after a BYE was ended for the reason that the BYE gave. */
    #withReason(error, bye) {
        const isLost = error instanceof TransportError && error.problem === DiagnosisProblem.CONNECTION_LOST;
        if (!isLost || bye === undefined)
            return error;
        return new TransportError(error.problem, { detail: this.#redact(bye), cause: error });
    }
}
//# sourceMappingURL=imap-commands.js.map