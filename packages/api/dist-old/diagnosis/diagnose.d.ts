import { DiagnosisOutcome } from '@mailroom/shared';
import type { DiagnosisOptions, DiagnosisRequest, SideReport, StepReport } from './diagnosis-report.js';
export interface DiagnosisReport {
    readonly outcome: DiagnosisOutcome;
    /** In the order in which they ended; both sides run side by side. */
    readonly steps: readonly StepReport[];
    readonly outgoing: SideReport;
    readonly incoming: SideReport;
}
/**
 * Connects to both sides as sending and receiving would and says how each step went. Stores nothing;
 * a server's failure is part of the report. Each step ends within its side's time-out.
 */
export declare function diagnose(request: DiagnosisRequest, { signal, extraCa, policy, onStep }?: DiagnosisOptions): Promise<DiagnosisReport>;
