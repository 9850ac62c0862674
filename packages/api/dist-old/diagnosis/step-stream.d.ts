import type { StepReport } from './diagnosis-report.js';
/** Runs until its signal aborts or it is done; tells each step as it ends. */
type Run = (onStep: (step: StepReport) => void, signal: AbortSignal) => Promise<unknown>;
/**
 * A run's steps as they end. No generator function: its `return()` would wait for the step under way,
 * and whoever stops listening has cancelled the diagnosis at once.
 */
export declare function streamSteps(run: Run, caller: AbortSignal): AsyncIterableIterator<StepReport>;
export {};
