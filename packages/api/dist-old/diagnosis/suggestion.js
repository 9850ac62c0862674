import { DiagnosisSide, EncryptionMode, IncomingAuthMethod, MailProtocol, SmtpAuthMethod, usualIncomingPort, usualOutgoingPort, } from '@mailroom/shared';
import { peerProtocol } from './peer-protocol.js';
const trust = ({ side, certificate }) => certificate === undefined
    ? undefined
    : change(`${prefix(side)}.pinnedCertificate`, certificate.fingerprint256);
const encryptSamePort = (mode) => ({ side }) => change(`${prefix(side)}.encryption`, mode);
/** The usual port of implicit TLS goes along: a port that lacks STARTTLS seldom speaks TLS at once. */
const useImplicitTls = ({ side, settings }) => change(`${prefix(side)}.encryption`, EncryptionMode.SSL, {
    path: `${prefix(side)}.port`,
    value: String(usualPort(side, settings, EncryptionMode.SSL)),
});
const encrypt = (context) => context.offersStartTls === false
    ? useImplicitTls(context)
    : encryptSamePort(EncryptionMode.TLS)(context);
const useUsualPort = ({ side, settings }) => {
    const { port, encryption } = settings[prefix(side)];
    const usual = usualPort(side, settings, encryption);
    return port === usual ? undefined : change(`${prefix(side)}.port`, String(usual));
};
/** As servers name them, the one to suggest first; what needs no clear-text storage comes last. */
const METHODS = [
    ['PLAIN', SmtpAuthMethod.PLAIN],
    ['LOGIN', SmtpAuthMethod.LOGIN],
    ['CRAM-MD5', SmtpAuthMethod.CRAM_MD5],
    ['DIGEST-MD5', SmtpAuthMethod.DIGEST_MD5],
    ['XOAUTH2', SmtpAuthMethod.XOAUTH2],
    ['OAUTHBEARER', SmtpAuthMethod.XOAUTH2],
];
const useOfferedMethod = ({ side, authMethods }) => {
    const offered = authMethods.map((name) => name.toUpperCase());
    const isOauth = (name) => name === 'XOAUTH2' || name === 'OAUTHBEARER';
    if (side === DiagnosisSide.INCOMING) {
        const wanted = offered.some((name) => !isOauth(name))
            ? IncomingAuthMethod.PASSWORD
            : IncomingAuthMethod.XOAUTH2;
        return offered.length === 0 ? undefined : change('incoming.authMethod', wanted);
    }
    const found = METHODS.find(([name]) => offered.includes(name));
    return found === undefined ? undefined : change('outgoing.authMethod', found[1]);
};
const useOauth = ({ side }) => side === DiagnosisSide.OUTGOING
    ? change('outgoing.authMethod', SmtpAuthMethod.XOAUTH2)
    : change('incoming.authMethod', IncomingAuthMethod.XOAUTH2);
/** What answered is one of the incoming protocols: choose that one. Anything else is on another port. */
const usePeersProtocol = (context) => {
    const peer = peerProtocol(context.detail ?? '');
    const { incoming } = context.settings;
    const isIncomingProtocol = peer === MailProtocol.IMAP4 || peer === MailProtocol.POP3;
    if (context.side === DiagnosisSide.INCOMING && isIncomingProtocol && peer !== incoming.protocol) {
        return change('incoming.protocol', peer);
    }
    return useUsualPort(context);
};
const SUGGESTIONS = {
    CONNECT_REFUSED: useUsualPort,
    TIMEOUT: useUsualPort,
    TLS_ON_PLAIN_PORT: encryptSamePort(EncryptionMode.TLS),
    TLS_EXPECTED: encryptSamePort(EncryptionMode.SSL),
    TLS_NOT_OFFERED: useImplicitTls,
    TLS_CERTIFICATE_UNTRUSTED: trust,
    TLS_CERTIFICATE_SELF_SIGNED: trust,
    TLS_CERTIFICATE_EXPIRED: trust,
    TLS_CERTIFICATE_WRONG_NAME: trust,
    TLS_CERTIFICATE_CHANGED: trust,
    NOT_THIS_PROTOCOL: usePeersProtocol,
    AUTH_METHOD_NOT_OFFERED: useOfferedMethod,
    AUTH_NEEDED: useOfferedMethod,
    AUTH_NEEDS_ENCRYPTION: encrypt,
    AUTH_IN_CLEAR_TEXT: (context) => context.offersStartTls === true ? encryptSamePort(EncryptionMode.TLS)(context) : undefined,
    APOP_NOT_OFFERED: () => change('incoming.apop', 'false'),
    OAUTH_REQUIRED: useOauth,
    POP_BEFORE_SMTP_NEEDED: () => change('outgoing.popBeforeSmtp', 'true'),
};
/** The change of settings that would mend a problem, where there is one. */
export function suggest(context) {
    return SUGGESTIONS[context.problem]?.(context);
}
function change(path, value, ...also) {
    return { path, value, also };
}
function prefix(side) {
    return side === DiagnosisSide.OUTGOING ? 'outgoing' : 'incoming';
}
function usualPort(side, { incoming }, encryption) {
    return side === DiagnosisSide.OUTGOING
        ? usualOutgoingPort(encryption)
        : usualIncomingPort(incoming.protocol, encryption);
}
//# sourceMappingURL=suggestion.js.map