import { DiagnosisOutcome, DiagnosisSide, DiagnosisStepKind, type DiagnosisProblem } from '@mailroom/shared';
import type { Suggestion } from './suggestion.js';
export declare class CertificateFacts {
    subject: string;
    issuer: string;
    altNames: readonly string[];
    validFrom: Date;
    validTo: Date;
    fingerprint256: string;
    trusted: boolean;
}
export declare class SettingChange {
    path: string;
    value: string;
}
export declare class DiagnosisSuggestion extends SettingChange {
    also: readonly SettingChange[];
    label: string;
}
export declare class DiagnosisStep {
    side: DiagnosisSide;
    kind: DiagnosisStepKind;
    outcome: DiagnosisOutcome;
    durationMs: number;
    detail: string | null;
    problem: DiagnosisProblem | null;
    certificate: CertificateFacts | null;
    authMethods: readonly string[];
    transcript: readonly string[];
    /** Worded by the resolver, in the caller's language. */
    suggestion: Suggestion | null;
}
export declare class Diagnosis {
    outcome: DiagnosisOutcome;
    steps: readonly DiagnosisStep[];
    outgoingCertificate: CertificateFacts | undefined;
    incomingCertificate: CertificateFacts | undefined;
    outgoingAuthMethods: readonly string[];
    incomingAuthMethods: readonly string[];
}
export declare class DiagnosisCredentialsInput {
    incomingUsername?: string | null;
    incomingPassword?: string | null;
    outgoingUsername?: string | null;
    outgoingPassword?: string | null;
}
