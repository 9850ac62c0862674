/**
 * A run's steps as they end. No generator function: its `return()` would wait for the step under way,
 * and whoever stops listening has cancelled the diagnosis at once.
 */
export function streamSteps(run, caller) {
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, caller]);
    const ready = [];
    let waiting;
    let ending;
    const end = (how) => {
        ending ??= how;
        if ('error' in ending)
            waiting?.reject(ending.error);
        else
            waiting?.resolve({ done: true, value: undefined });
        waiting = undefined;
    };
    const hear = (step) => {
        if (ending !== undefined)
            return;
        if (waiting === undefined)
            ready.push(step);
        else
            waiting.resolve({ done: false, value: step });
        waiting = undefined;
    };
    run(hear, signal).then(() => end({}), (error) => end({ error }));
    return {
        [Symbol.asyncIterator]() {
            return this;
        },
        next() {
            const step = ready.shift();
            if (step !== undefined)
                return Promise.resolve({ done: false, value: step });
            if (ending === undefined) {
                waiting = Promise.withResolvers();
                return waiting.promise;
            }
            if ('error' in ending) {
                const failure = new Error('the diagnosis failed', { cause: ending.error });
                return Promise.reject(ending.error instanceof Error ? ending.error : failure);
            }
            return Promise.resolve({ done: true, value: undefined });
        },
        return() {
            ready.length = 0;
            controller.abort();
            end({});
            return Promise.resolve({ done: true, value: undefined });
        },
    };
}
//# sourceMappingURL=step-stream.js.map