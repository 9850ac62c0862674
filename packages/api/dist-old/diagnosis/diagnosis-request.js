import { SmtpCredentials } from '@mailroom/shared';
import { normaliseSettings } from '../mail-server/normalise-settings.js';
/** What was typed as what is diagnosed: settings as they would be stored, names with their passwords. */
export function diagnosisRequest(input, credentials) {
    const { outgoing, incoming } = normaliseSettings(input);
    const incomingSignIn = pair(credentials?.incomingUsername, credentials?.incomingPassword);
    const outgoingSignIn = outgoing.credentials === SmtpCredentials.OUTGOING
        ? pair(credentials?.outgoingUsername, credentials?.outgoingPassword)
        : incomingSignIn;
    return { outgoing, incoming, outgoingSignIn, incomingSignIn };
}
/** A name with its password; one alone signs nobody in. */
function pair(username, password) {
    return username && password ? { credentials: { username, password } } : undefined;
}
//# sourceMappingURL=diagnosis-request.js.map