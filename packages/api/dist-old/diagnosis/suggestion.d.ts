import { type DiagnosisProblem, DiagnosisSide } from '@mailroom/shared';
import type { CertificateFacts } from '../transport/certificate-facts.js';
import type { DiagnosisRequest } from './diagnosis-report.js';
/** One setting and what it should be, as MailServerInput names and takes it. */
export interface SettingChange {
    /** Such as "outgoing.port". */
    readonly path: string;
    /** An enum's word, a number in digits, true or false, or a text. */
    readonly value: string;
}
/** A change of settings that would mend a problem; `also` are the changes that belong to it. */
export interface Suggestion extends SettingChange {
    readonly also: readonly SettingChange[];
}
/** What is known when a step has a problem. */
export interface ProblemContext {
    readonly side: DiagnosisSide;
    readonly problem: DiagnosisProblem;
    readonly settings: Pick<DiagnosisRequest, 'outgoing' | 'incoming'>;
    readonly detail: string | null;
    readonly certificate: CertificateFacts | undefined;
    readonly authMethods: readonly string[];
    /** Whether the server offers STARTTLS or STLS, where that is known. */
    readonly offersStartTls: boolean | undefined;
}
/** The change of settings that would mend a problem, where there is one. */
export declare function suggest(context: ProblemContext): Suggestion | undefined;
