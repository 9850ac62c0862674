import { DiagnosisProblem } from '@mailroom/shared';
import { TransportError } from './transport-error.js';
/** A first line that is none of this protocol: of another mail protocol, of SSH, of a web server. */
export function notThisProtocol(line, redact) {
    return new TransportError(DiagnosisProblem.NOT_THIS_PROTOCOL, { detail: redact(line) });
}
/** An answer that the protocol does not allow here. */
export function protocolError(line, redact) {
    return new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: redact(line) });
}
//# sourceMappingURL=peer-errors.js.map