import { type DiagnosisProblem, type DiagnosisSide, type DiagnosisStepKind } from '@mailroom/shared';
import type { CertificateFacts } from '../transport/certificate-facts.js';
import type { StepReport } from './diagnosis-report.js';
import type { Suggestion } from './suggestion.js';
/** What a step has to say for itself. */
export interface StepResult {
    readonly detail?: string;
    /** A problem of a step that worked all the same: a warning. */
    readonly warning?: DiagnosisProblem | undefined;
    readonly certificate?: CertificateFacts | undefined;
    readonly authMethods?: readonly string[];
}
type Work = (signal: AbortSignal) => Promise<StepResult>;
/** What surrounds the steps of one side. */
interface StepSurroundings {
    readonly side: DiagnosisSide;
    /** The wall clock of each step. */
    readonly timeoutMs: number;
    readonly signal: AbortSignal | undefined;
    readonly onStep: (step: StepReport) => void;
    /** What is known at the end of a failed step besides its error. */
    known(): {
        certificate?: CertificateFacts | undefined;
        authMethods: readonly string[];
    };
    suggest(problem: DiagnosisProblem, detail: string | null): Suggestion | undefined;
    beginTranscript(kind: DiagnosisStepKind): void;
    transcript(): readonly string[];
}
/** Runs steps one after the other, each with its wall clock, until the first that fails; then skips. */
export declare class StepRunner {
    #private;
    private readonly around;
    readonly steps: StepReport[];
    constructor(around: StepSurroundings);
    /** Whether no further step can run: one has failed, or the caller has gone. */
    get isOver(): boolean;
    /** Runs a step, or skips it after a failure or a cancellation. Throws only what is a defect of ours. */
    run(kind: DiagnosisStepKind, work: Work): Promise<void>;
    /** Reports a step that was not asked for or cannot be tried. */
    skip(kind: DiagnosisStepKind): void;
}
export {};
