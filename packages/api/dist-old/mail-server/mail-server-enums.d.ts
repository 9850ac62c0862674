import { EncryptionMode, IncomingAuthMethod, MailProtocol, SmtpAuthMethod, SmtpCredentials } from '@mailroom/shared';
export { EncryptionMode, IncomingAuthMethod, MailProtocol, SmtpAuthMethod, SmtpCredentials };
