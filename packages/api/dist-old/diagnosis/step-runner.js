import { DiagnosisOutcome, } from '@mailroom/shared';
import { withDeadline } from '../transport/deadline.js';
import { toTransportError, TransportError } from '../transport/transport-error.js';
/** Runs steps one after the other, each with its wall clock, until the first that fails; then skips. */
export class StepRunner {
    #hasFailed;
    constructor(around) {
        this.around = around;
        this.steps = [];
        this.#hasFailed = false;
    }
    /** Whether no further step can run: one has failed, or the caller has gone. */
    get isOver() {
        return this.#hasFailed || this.#isCancelled;
    }
    /** Runs a step, or skips it after a failure or a cancellation. Throws only what is a defect of ours. */
    async run(kind, work) {
        if (this.isOver)
            return this.skip(kind);
        const { timeoutMs, signal } = this.around;
        const began = performance.now();
        this.around.beginTranscript(kind);
        try {
            const result = await withDeadline(timeoutMs, signal, work);
            const isWarning = result.warning !== undefined;
            this.#add(kind, performance.now() - began, {
                ...result,
                outcome: isWarning ? DiagnosisOutcome.WARNING : DiagnosisOutcome.OK,
                problem: result.warning,
            });
        }
        catch (error) {
            this.#hasFailed = true;
            if (this.#isCancelled)
                return this.skip(kind);
            const failure = toTransportError(error);
            if (!(failure instanceof TransportError))
                throw failure;
            this.#add(kind, performance.now() - began, {
                ...this.around.known(),
                outcome: DiagnosisOutcome.FAILED,
                problem: failure.problem,
                ...(failure.detail === undefined ? {} : { detail: failure.detail }),
            });
        }
    }
    /** Reports a step that was not asked for or cannot be tried. */
    skip(kind) {
        this.around.beginTranscript(kind);
        this.#add(kind, 0, { outcome: DiagnosisOutcome.SKIPPED });
    }
    #add(kind, durationMs, step) {
        const { side, onStep } = this.around;
        const { outcome, problem = null, detail = null, certificate = null, authMethods = [] } = step;
        const suggestion = (problem && this.around.suggest(problem, detail)) ?? null;
        const transcript = [...this.around.transcript()];
        const facts = { detail, problem, suggestion, certificate, authMethods, transcript };
        const report = { side, kind, outcome, durationMs, ...facts };
        this.steps.push(report);
        onStep(report);
    }
    get #isCancelled() {
        return this.around.signal?.aborted ?? false;
    }
}
//# sourceMappingURL=step-runner.js.map