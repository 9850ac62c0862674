import { EncryptionMode, IncomingAuthMethod, MailProtocol, SmtpAuthMethod, SmtpCredentials, } from '@mailroom/shared';
import { registerEnumType } from 'type-graphql';
registerEnumType(MailProtocol, { name: 'MailProtocol', description: 'How mail is received.' });
registerEnumType(EncryptionMode, {
    name: 'EncryptionMode',
    description: 'NONE: clear text. SSL: TLS from the first byte. TLS: STARTTLS (STLS for POP3), never falling back to clear text.',
});
registerEnumType(IncomingAuthMethod, {
    name: 'IncomingAuthMethod',
    description: 'PASSWORD: name and password (POP3: USER and PASS, or APOP). XOAUTH2: an OAuth 2.0 access token, by XOAUTH2 or OAUTHBEARER (RFC 7628).',
});
registerEnumType(SmtpAuthMethod, {
    name: 'SmtpAuthMethod',
    description: 'The SMTP AUTH mechanism. The one chosen is the one used; there is no fallback.',
});
registerEnumType(SmtpCredentials, {
    name: 'SmtpCredentials',
    description: "Whose user name and password authenticate sending: the account's own outgoing ones, or its incoming ones.",
});
export { EncryptionMode, IncomingAuthMethod, MailProtocol, SmtpAuthMethod, SmtpCredentials };
//# sourceMappingURL=mail-server-enums.js.map