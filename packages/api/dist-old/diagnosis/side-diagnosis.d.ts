import { EncryptionMode, type DiagnosisSide } from '@mailroom/shared';
import type { AddressPolicy } from '../transport/address-policy.js';
import type { MailSession, ReceivingSession, SessionOptions } from '../transport/mail-session.js';
import type { Redact } from '../transport/redact.js';
import type { DiagnosisRequest, SideReport, SignIn, StepReport } from './diagnosis-report.js';
/** One side of a mail server as a diagnosis sees it, whatever its protocol. */
export interface SideTarget {
    readonly side: DiagnosisSide;
    readonly settings: Pick<DiagnosisRequest, 'outgoing' | 'incoming'>;
    readonly host: string;
    readonly port: number;
    readonly encryption: EncryptionMode;
    readonly timeoutMs: number;
    readonly pinnedCertificate: string | null;
    readonly extraCa: readonly string[];
    readonly redact: Redact;
    /** Undefined: AUTHENTICATE and MAILBOX are skipped. */
    readonly signIn: SignIn;
    /** Whether the chosen method lets everybody on the way read the password or token. */
    readonly sendsReadable: boolean;
    /** Whether the side keeps mail to look at. */
    readonly hasMailbox: boolean;
    /** The address family to prefer, where the other side has used one. */
    readonly family?: 'IPv4' | 'IPv6' | undefined;
    readonly policy: AddressPolicy;
    readonly createSession: (options: SessionOptions) => MailSession | ReceivingSession;
}
/** Runs one side's steps in the order that its encryption needs, until the first that fails. */
export declare class SideDiagnosis {
    #private;
    private readonly target;
    private readonly signal;
    constructor(target: SideTarget, onStep: (step: StepReport) => void, signal: AbortSignal | undefined);
    /** The family of the address that was connected to; undefined before. */
    get family(): 'IPv4' | 'IPv6' | undefined;
    run(): Promise<SideReport>;
}
