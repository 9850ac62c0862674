import { tooManyRequests } from '../auth/request-limit.service.js';
import { diagnose } from './diagnose.js';
import { streamSteps } from './step-stream.js';
/** Each holds two connections and their sockets; more than this at once is no administrator's work. */
const RUNNING_MAX = 20;
/** When to try again where too many run; a diagnosis seldom takes longer. */
const RETRY_MS = 5_000;
/** Diagnoses for administrators: bounded in number, and in where they may connect. */
export class DiagnosisService {
    #running = 0;
    constructor(policy, limit) {
        this.policy = policy;
        this.limit = limit;
    }
    /** The whole report. Throws TOO_MANY_REQUESTS. */
    async run(userId, request, signal) {
        await this.#admit(userId);
        return this.#diagnose(request, signal);
    }
    /** Each step as it ends. Whoever stops listening stops the connections. Throws TOO_MANY_REQUESTS. */
    async stream(userId, request, signal) {
        await this.#admit(userId);
        return streamSteps((onStep, either) => this.#diagnose(request, either, onStep), signal);
    }
    async #admit(userId) {
        if (this.#running >= RUNNING_MAX)
            throw tooManyRequests(RETRY_MS);
        await this.limit.take(userId);
    }
    async #diagnose(request, signal, onStep) {
        this.#running += 1;
        try {
            return await diagnose(request, { signal, policy: this.policy, onStep });
        }
        finally {
            this.#running -= 1;
        }
    }
}
//# sourceMappingURL=diagnosis.service.js.map