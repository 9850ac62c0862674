import type { Redact } from './redact.js';
import { TransportError } from './transport-error.js';
/** A first line that is none of this protocol: of another mail protocol, of SSH, of a web server. */
export declare function notThisProtocol(line: string, redact: Redact): TransportError;
/** An answer that the protocol does not allow here. */
export declare function protocolError(line: string, redact: Redact): TransportError;
