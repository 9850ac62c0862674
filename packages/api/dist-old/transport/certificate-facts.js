/** A name's length and the number of names are the peer's choice; what is kept of them is ours. */
const TEXT_MAX = 500;
const ALT_NAMES_MAX = 100;
/** Reads the facts out of Node's form; undefined where the peer showed no certificate. */
export function certificateFacts(certificate, trusted) {
    if (typeof certificate.fingerprint256 !== 'string')
        return undefined;
    return {
        subject: distinguishedName(certificate.subject),
        issuer: distinguishedName(certificate.issuer),
        altNames: altNames(certificate.subjectaltname),
        validFrom: new Date(certificate.valid_from),
        validTo: new Date(certificate.valid_to),
        fingerprint256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
        trusted,
    };
}
function distinguishedName(name) {
    const parts = Object.entries(name ?? {}).flatMap(([type, value]) => (Array.isArray(value) ? value : [value]).map((one) => `${type}=${String(one)}`));
    return clean(parts.join(', '));
}
function altNames(text) {
    if (text === undefined)
        return [];
    return text
        .split(', ')
        .map((entry) => clean(entry.replace(/^(DNS|IP Address):/, '')))
        .slice(0, ALT_NAMES_MAX);
}
function clean(text) {
    // eslint-disable-next-line no-control-regex -- control characters are what it removes
    const shown = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '?');
    return shown.slice(0, TEXT_MAX);
}
//# sourceMappingURL=certificate-facts.js.map