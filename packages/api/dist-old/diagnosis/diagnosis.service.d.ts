import { type RequestLimit } from '../auth/request-limit.service.js';
import type { AddressPolicy } from '../transport/address-policy.js';
import { type DiagnosisReport } from './diagnose.js';
import type { DiagnosisRequest, StepReport } from './diagnosis-report.js';
/** Diagnoses for administrators: bounded in number, and in where they may connect. */
export declare class DiagnosisService {
    #private;
    private readonly policy;
    private readonly limit;
    constructor(policy: AddressPolicy, limit: RequestLimit);
    /** The whole report. Throws TOO_MANY_REQUESTS. */
    run(userId: string, request: DiagnosisRequest, signal: AbortSignal): Promise<DiagnosisReport>;
    /** Each step as it ends. Whoever stops listening stops the connections. Throws TOO_MANY_REQUESTS. */
    stream(userId: string, request: DiagnosisRequest, signal: AbortSignal): Promise<AsyncIterableIterator<StepReport>>;
}
