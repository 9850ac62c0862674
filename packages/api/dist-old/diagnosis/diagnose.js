import { DiagnosisOutcome, DiagnosisProblem, DiagnosisSide, DiagnosisStepKind, EncryptionMode, IncomingAuthMethod, MailProtocol, SmtpAuthMethod, } from '@mailroom/shared';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAddressPolicy } from '../transport/address-policy.js';
import { ImapSession } from '../transport/imap/imap-session.js';
import { Pop3Session } from '../transport/pop3/pop3-session.js';
import { createRedact } from '../transport/redact.js';
import { SmtpSession } from '../transport/smtp/smtp-session.js';
import { SideDiagnosis } from './side-diagnosis.js';
const ANYWHERE = createAddressPolicy({ allowsPrivate: true, ownServices: [] });
/**
 * Connects to both sides as sending and receiving would and says how each step went. Stores nothing;
 * a server's failure is part of the report. Each step ends within its side's time-out.
 */
export async function diagnose(request, { signal, extraCa = [], policy = ANYWHERE, onStep } = {}) {
    const steps = [];
    const incomingSignIn = Promise.withResolvers();
    const hear = (step) => {
        steps.push(step);
        onStep?.(step);
        if (step.side === DiagnosisSide.INCOMING && step.kind === DiagnosisStepKind.AUTHENTICATE) {
            incomingSignIn.resolve(step.outcome);
        }
    };
    const signIns = [request.outgoingSignIn, request.incomingSignIn];
    const redact = createRedact(signIns.flatMap((one) => (one !== undefined && 'credentials' in one ? [one.credentials] : [])));
    const common = { redact, extraCa, policy };
    const incomingSide = new SideDiagnosis(incomingTarget(request, common), hear, signal);
    const incomingRun = incomingSide
        .run()
        .finally(() => incomingSignIn.resolve(DiagnosisOutcome.SKIPPED));
    const outgoingRun = (async () => {
        let target = outgoingTarget(request, common);
        if (request.outgoing.popBeforeSmtp) {
            const outcome = await incomingSignIn.promise;
            await pause(request.outgoing.popBeforeSmtpWaitSeconds * 1_000, signal);
            // The server remembers the address that signed in: both connections have to come from one.
            target = { ...target, family: incomingSide.family, signIn: after(outcome, target.signIn) };
        }
        return new SideDiagnosis(target, hear, signal).run();
    })();
    const [outgoing, incoming] = await Promise.all([outgoingRun, incomingRun]);
    return { outcome: worst(steps), steps, outgoing, incoming };
}
/** POP before SMTP: without the one sign-in the other is not tried. */
function after(outcome, signIn) {
    return outcome === DiagnosisOutcome.FAILED
        ? { problem: DiagnosisProblem.POP_BEFORE_SMTP_FAILED }
        : signIn;
}
function outgoingTarget(request, common) {
    const { outgoing, incoming, outgoingSignIn } = request;
    const { host, port, encryption, authMethod, timeoutSeconds } = outgoing;
    return {
        side: DiagnosisSide.OUTGOING,
        settings: { outgoing, incoming },
        ...{ host, port, encryption, redact: common.redact, policy: common.policy },
        pinnedCertificate: outgoing.pinnedCertificate ?? null,
        extraCa: authorities(common.extraCa, outgoing.caCertificate),
        timeoutMs: timeoutSeconds * 1_000,
        signIn: authMethod === SmtpAuthMethod.NONE ? undefined : outgoingSignIn,
        sendsReadable: authMethod === SmtpAuthMethod.PLAIN ||
            authMethod === SmtpAuthMethod.LOGIN ||
            authMethod === SmtpAuthMethod.XOAUTH2,
        hasMailbox: false,
        createSession: (options) => new SmtpSession({ ...options, authMethod }),
    };
}
function incomingTarget(request, common) {
    const { outgoing, incoming, incomingSignIn } = request;
    const { host, port, encryption, protocol, authMethod, apop, timeoutSeconds } = incoming;
    return {
        side: DiagnosisSide.INCOMING,
        settings: { outgoing, incoming },
        ...{ host, port, encryption, redact: common.redact, policy: common.policy },
        pinnedCertificate: incoming.pinnedCertificate ?? null,
        extraCa: authorities(common.extraCa, incoming.caCertificate),
        timeoutMs: timeoutSeconds * 1_000,
        signIn: incomingSignIn,
        sendsReadable: authMethod === IncomingAuthMethod.XOAUTH2 || !apop,
        hasMailbox: true,
        createSession: (options) => protocol === MailProtocol.POP3
            ? new Pop3Session({ ...options, apop })
            : new ImapSession({ ...options, startsTls: encryption === EncryptionMode.TLS }),
    };
}
function authorities(extra, own) {
    return own ? [...extra, own] : extra;
}
/** Worse first: one failed step makes the whole a failure. */
const BY_WEIGHT = [DiagnosisOutcome.FAILED, DiagnosisOutcome.WARNING, DiagnosisOutcome.OK];
function worst(steps) {
    return (BY_WEIGHT.find((outcome) => steps.some((step) => step.outcome === outcome)) ??
        DiagnosisOutcome.SKIPPED);
}
/** Waits, or stops waiting when the caller goes. */
function pause(ms, signal) {
    return sleep(ms, undefined, { signal }).catch(() => undefined);
}
//# sourceMappingURL=diagnose.js.map