// Made by `pnpm generate` from packages/api/schema.graphql and the .graphql files beside the components.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@apollo/client/core';
/** A new API token. */
export type ApiTokenInput = {
  /** 1 to 365: after so many days it ends. */
  expiresInDays?: number;
  /** What the program is called; 1 to 100 characters. */
  name: string;
  /** What it may do at most. */
  role?: UserRole;
};

/** ACTIVE can be used. SUSPENDED cannot while its person is deactivated; EXPIRED and REVOKED never again. */
export type ApiTokenState =
  | 'ACTIVE'
  | 'EXPIRED'
  | 'REVOKED'
  | 'SUSPENDED';

/** How a file's characters were written. */
export type CsvEncoding =
  | 'SHIFT_JIS'
  | 'UTF_8';

/** Names and passwords to try; used for this diagnosis and kept nowhere. */
export type DiagnosisCredentialsInput = {
  /** To sign in to the incoming side. */
  incomingPassword?: string | null | undefined;
  /** To sign in to the incoming side. */
  incomingUsername?: string | null | undefined;
  /** One of the caller's oauthGrants, for the sides with XOAUTH2: its mailbox signs in with its token. Without one, an access token may be given as the password; a provider with client credentials needs a name only. */
  oauthGrantId?: string | null | undefined;
  /** Where outgoing.credentials is OUTGOING. */
  outgoingPassword?: string | null | undefined;
  /** Where outgoing.credentials is OUTGOING. */
  outgoingUsername?: string | null | undefined;
};

/** How far to go. SIGN_IN: no further. ENVELOPE: names sender and recipient, and sends nothing. ROUND_TRIP: sends a message to oneself, receives it and deletes it. */
export type DiagnosisDepth =
  | 'ENVELOPE'
  | 'ROUND_TRIP'
  | 'SIGN_IN';

/** SKIPPED: not asked for, or an earlier step failed. */
export type DiagnosisOutcome =
  | 'FAILED'
  | 'OK'
  | 'SKIPPED'
  | 'WARNING';

/** Sending or receiving. */
export type DiagnosisSide =
  | 'INCOMING'
  | 'OUTGOING';

/** Steps of a connection, in the order that the encryption mode needs. */
export type DiagnosisStepKind =
  | 'AUTHENTICATE'
  | 'CAPABILITIES'
  | 'CONNECT'
  | 'ENVELOPE'
  | 'GREETING'
  | 'MAILBOX'
  | 'RECEIVE'
  | 'RESOLVE'
  | 'SEND'
  | 'TLS';

/** What has to be known or done besides. APP_PASSWORD: a password for mail programs, made in the provider's settings. ENABLE_ACCESS: mail programs must first be let in there. PROVIDER_USER_NAME: the user name is the provider's, not the address. LOCAL_BRIDGE: a program of the provider's must run beside Mailroom. */
export type DiscoveryNote =
  | 'APP_PASSWORD'
  | 'ENABLE_ACCESS'
  | 'LOCAL_BRIDGE'
  | 'OAUTH_OFFERED'
  | 'OAUTH_REQUIRED'
  | 'PROVIDER_USER_NAME';

/** Who proposes settings. AUTOCONFIG_PROVIDER: the provider's own autoconfig file. AUTOCONFIG_MOZILLA: Mozilla's list of providers. SRV: records of the domain (RFC 6186, RFC 8314). MX: our own list, by where the domain's mail is delivered. PRESET: our own list, by the domain. GUESS: usual names that answered. */
export type DiscoverySource =
  | 'AUTOCONFIG_MOZILLA'
  | 'AUTOCONFIG_PROVIDER'
  | 'GUESS'
  | 'MX'
  | 'PRESET'
  | 'SRV';

/** Why a source could not be asked, or its answer not be used. NAME_SERVER_UNREACHABLE is what a missing network looks like. */
export type DiscoverySourceProblem =
  | 'ADDRESS_FORBIDDEN'
  | 'CERTIFICATE_UNTRUSTED'
  | 'NAME_SERVER_UNREACHABLE'
  | 'NOT_UNDERSTOOD'
  | 'SWITCHED_OFF'
  | 'TIMED_OUT'
  | 'UNREACHABLE';

/** NONE: clear text. SSL: TLS from the first byte. TLS: STARTTLS (STLS for POP3), never falling back to clear text. */
export type EncryptionMode =
  | 'NONE'
  | 'SSL'
  | 'TLS';

/** What an import would do with a row. SAME: everything is so already, and nothing is written. REFUSED: `refusals` says why; while there is one, nothing of the file is imported. */
export type ImportOutcome =
  | 'ADD'
  | 'CHANGE'
  | 'REFUSED'
  | 'SAME';

/** PASSWORD: name and password (POP3: USER and PASS, or APOP). XOAUTH2: an OAuth 2.0 access token, by XOAUTH2 or OAUTHBEARER (RFC 7628). */
export type IncomingAuthMethod =
  | 'PASSWORD'
  | 'XOAUTH2';

/** How mail is received (POP3, RFC 1939; IMAP4, RFC 3501 and RFC 9051). */
export type IncomingSettingsInput = {
  /** POP3 with PASSWORD only. Chosen and not offered is an error: never falls back to USER and PASS. */
  apop?: boolean;
  /** By name and password, or by an OAuth 2.0 token. The one chosen is the one used; there is no fallback. */
  authMethod?: IncomingAuthMethod;
  /** Certificates in PEM of a private authority, trusted besides the system's for this server and side only. */
  caCertificate?: string | null | undefined;
  /** Whether and how the connection is encrypted. */
  encryption?: EncryptionMode;
  /** A host name (IDN allowed), an IPv4 or an IPv6 literal. */
  host: string;
  /** SHA-256 of the one certificate to trust in place of the system's authorities, as 64 hex digits. */
  pinnedCertificate?: string | null | undefined;
  /** 1 to 65535. */
  port: number;
  /** POP3 or IMAP4. */
  protocol: MailProtocol;
  /** 1 to 120: the wall clock of each step of the protocol. */
  timeoutSeconds?: number;
};

/** The whole of a mail account; an update replaces it all, but the passwords. */
export type MailAccountInput = {
  /** Tells this account from every other one; unique, compared in NFKC without regard to case. */
  code: string;
  /** Left on the server, then deleted there after so many days, 1 to 3650; null: never. Null where mail is not left. */
  deleteAfterDays?: number | null | undefined;
  /** The address that mail is sent from. */
  email: string;
  /** Whether it sends and receives. */
  enabled?: boolean;
  /** Never answered. Left out in an update, the stored one stays, also where the server changes: it then goes to the new one. Null or empty removes it. */
  incomingPassword?: string | null | undefined;
  /** Signs in to the incoming side, and to the outgoing one where the server has no account of its own for sending. */
  incomingUsername: string;
  /** Leave received mail on the incoming server. */
  leaveOnServer?: boolean;
  /** One of mailServerOptions. An account may keep the one that it has when that is deleted. */
  mailServerId: string;
  /** What the screens call it. Blank: the e-mail address. */
  name: string;
  /** Of the owner's oauthGrants, the one that signs in where the server uses OAuth 2.0 (MailServerOption.oauthProviderId). */
  oauthGrantId?: string | null | undefined;
  /** Never answered. Left out in an update, the stored one stays, also where the server changes: it then goes to the new one. Null or empty removes it. Removed where the server asks for none. */
  outgoingPassword?: string | null | undefined;
  /** Signs in to the outgoing side. Null where the server asks for none (MailServerOption.needsOutgoingCredentials). */
  outgoingUsername?: string | null | undefined;
  /** Whose it is. Somebody who is no administrator names himself only. */
  userId: string;
};

/** How mail is received. */
export type MailProtocol =
  | 'IMAP4'
  | 'POP3';

/** The whole of a mail server's settings; an update replaces them all. */
export type MailServerInput = {
  /** Tells this server from every other one; unique among the servers not deleted, compared in NFKC without regard to case. */
  code: string;
  /** How mail is received. */
  incoming: IncomingSettingsInput;
  /** What the dropdown shows. Two servers may share it. */
  name: string;
  /** Whose tokens the sides with XOAUTH2 sign in with. Null where neither has it. */
  oauthProviderId?: string | null | undefined;
  /** How mail is sent. */
  outgoing: OutgoingSettingsInput;
};

/** AUTHORIZATION_CODE: each person signs in at the provider (RFC 6749 section 4.1, with PKCE). CLIENT_CREDENTIALS: Mailroom itself does (section 4.4). */
export type OAuthFlow =
  | 'AUTHORIZATION_CODE'
  | 'CLIENT_CREDENTIALS';

/** ENDED: the provider takes it no more, and somebody must grant again. */
export type OAuthGrantState =
  | 'ACTIVE'
  | 'ENDED';

/** Whose authorisation server it is. CUSTOM: any other, by the address of its metadata. */
export type OAuthPreset =
  | 'CUSTOM'
  | 'GOOGLE'
  | 'MICROSOFT';

/** The whole of a provider's settings; an update replaces them all, but the secret. */
export type OAuthProviderInput = {
  /** As the provider gave it when Mailroom was registered there. */
  clientId: string;
  /** Never answered. Left out, the stored one stays; null forgets it. Must come along where the provider it goes to changes. */
  clientSecret?: string | null | undefined;
  /** Who signs in at the provider. */
  flow?: OAuthFlow;
  /** CUSTOM only: the https address of the server's metadata (RFC 8414, OpenID Connect Discovery), or its issuer. */
  metadataUrl?: string | null | undefined;
  /** What the screens call it. */
  name: string;
  /** Whose authorisation server it is. */
  preset: OAuthPreset;
  /** What is asked for: scopes with spaces between them (RFC 6749 section 3.3). */
  scopes?: string;
  /** MICROSOFT only: the tenant by id or domain, or "organizations" for any company; CLIENT_CREDENTIALS needs one tenant. */
  tenant?: string | null | undefined;
};

/** How mail is sent (SMTP, RFC 5321). */
export type OutgoingSettingsInput = {
  /** The SMTP AUTH mechanism (RFC 4954). */
  authMethod?: SmtpAuthMethod;
  /** Certificates in PEM of a private authority, trusted besides the system's for this server and side only. */
  caCertificate?: string | null | undefined;
  /** Whose user name and password authenticate sending. INCOMING where authMethod is NONE. */
  credentials?: SmtpCredentials;
  /** Whether and how the connection is encrypted. */
  encryption?: EncryptionMode;
  /** A host name (IDN allowed), an IPv4 or an IPv6 literal. */
  host: string;
  /** SHA-256 of the one certificate to trust in place of the system's authorities, as 64 hex digits. */
  pinnedCertificate?: string | null | undefined;
  /** Sign in to the incoming server before each sending. */
  popBeforeSmtp?: boolean;
  /** 0 to 10: between that sign-in and sending. 0 where popBeforeSmtp is false. */
  popBeforeSmtpWaitSeconds?: number;
  /** 1 to 65535. */
  port: number;
  /** 1 to 120: the wall clock of each step of the protocol. */
  timeoutSeconds?: number;
};

/** The SMTP AUTH mechanism. The one chosen is the one used; there is no fallback. */
export type SmtpAuthMethod =
  | 'CRAM_MD5'
  | 'DIGEST_MD5'
  | 'LOGIN'
  | 'NONE'
  | 'PLAIN'
  | 'XOAUTH2';

/** Whose user name and password authenticate sending: the account's own outgoing ones, or its incoming ones. */
export type SmtpCredentials =
  | 'INCOMING'
  | 'OUTGOING';

/** ADMIN manages everything. USER has mail accounts. */
export type UserRole =
  | 'ADMIN'
  | 'USER';

/** What accounts sign in with: the whole address, or what stands before its @. */
export type UsernameForm =
  | 'ADDRESS'
  | 'LOCAL_PART';

export type ServerOptionFragment = { id: string, code: string, name: string, deletedAt: string | null, needsIncomingPassword: boolean, needsOutgoingCredentials: boolean, usesOAuth: boolean, oauthProviderId: string | null };

export type AccountOwnerFragment = { id: string, loginName: string, displayName: string };

export type MailAccountRowFragment = { id: string, code: string, name: string, email: string, enabled: boolean, problem: string | null, mailServer: { id: string, code: string, name: string, deletedAt: string | null }, user: { id: string, loginName: string, displayName: string } };

export type MailAccountDetailsFragment = { id: string, code: string, name: string, email: string, incomingUsername: string, hasIncomingPassword: boolean, outgoingUsername: string | null, hasOutgoingPassword: boolean, oauthGrantId: string | null, leaveOnServer: boolean, deleteAfterDays: number | null, enabled: boolean, problem: string | null, version: number, createdAt: string, updatedAt: string, mailServer: { id: string, code: string, name: string, deletedAt: string | null, needsIncomingPassword: boolean, needsOutgoingCredentials: boolean, usesOAuth: boolean, oauthProviderId: string | null }, user: { id: string, loginName: string, displayName: string } };

export type MailAccountsPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  mailServerId?: string | null | undefined;
  userId?: string | null | undefined;
  needsAttention?: boolean | null | undefined;
}>;


export type MailAccountsPageQuery = { mailAccountsPage: { totalCount: number, edges: Array<{ node: { id: string, code: string, name: string, email: string, enabled: boolean, problem: string | null, mailServer: { id: string, code: string, name: string, deletedAt: string | null }, user: { id: string, loginName: string, displayName: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, needingAttention: { totalCount: number } };

export type MailAccountQueryVariables = Exact<{
  id: string;
}>;


export type MailAccountQuery = { mailAccount: { id: string, code: string, name: string, email: string, incomingUsername: string, hasIncomingPassword: boolean, outgoingUsername: string | null, hasOutgoingPassword: boolean, oauthGrantId: string | null, leaveOnServer: boolean, deleteAfterDays: number | null, enabled: boolean, problem: string | null, version: number, createdAt: string, updatedAt: string, mailServer: { id: string, code: string, name: string, deletedAt: string | null, needsIncomingPassword: boolean, needsOutgoingCredentials: boolean, usesOAuth: boolean, oauthProviderId: string | null }, user: { id: string, loginName: string, displayName: string } } | null };

export type ServerOptionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerOptionsQuery = { mailServerOptions: Array<{ id: string, code: string, name: string, deletedAt: string | null, needsIncomingPassword: boolean, needsOutgoingCredentials: boolean, usesOAuth: boolean, oauthProviderId: string | null }> };

export type ServerOfAccountsQueryVariables = Exact<{
  id: string;
}>;


export type ServerOfAccountsQuery = { mailServer: { id: string, code: string, name: string, deletedAt: string | null } | null };

export type FindPeopleQueryVariables = Exact<{
  search?: string | null | undefined;
  first: number;
}>;


export type FindPeopleQuery = { users: Array<{ id: string, loginName: string, displayName: string }> };

export type AccountPersonQueryVariables = Exact<{
  id: string;
}>;


export type AccountPersonQuery = { user: { id: string, loginName: string, displayName: string } | null };

export type MyRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRulesQuery = { myRules: { managesOwnAccounts: boolean, leavesMail: boolean } };

export type CreateMailAccountMutationVariables = Exact<{
  input: MailAccountInput;
}>;


export type CreateMailAccountMutation = { createMailAccount: { id: string, code: string, name: string, email: string, incomingUsername: string, hasIncomingPassword: boolean, outgoingUsername: string | null, hasOutgoingPassword: boolean, oauthGrantId: string | null, leaveOnServer: boolean, deleteAfterDays: number | null, enabled: boolean, problem: string | null, version: number, createdAt: string, updatedAt: string, mailServer: { id: string, code: string, name: string, deletedAt: string | null, needsIncomingPassword: boolean, needsOutgoingCredentials: boolean, usesOAuth: boolean, oauthProviderId: string | null }, user: { id: string, loginName: string, displayName: string } } };

export type UpdateMailAccountMutationVariables = Exact<{
  id: string;
  version: number;
  input: MailAccountInput;
}>;


export type UpdateMailAccountMutation = { updateMailAccount: { id: string, code: string, name: string, email: string, incomingUsername: string, hasIncomingPassword: boolean, outgoingUsername: string | null, hasOutgoingPassword: boolean, oauthGrantId: string | null, leaveOnServer: boolean, deleteAfterDays: number | null, enabled: boolean, problem: string | null, version: number, createdAt: string, updatedAt: string, mailServer: { id: string, code: string, name: string, deletedAt: string | null, needsIncomingPassword: boolean, needsOutgoingCredentials: boolean, usesOAuth: boolean, oauthProviderId: string | null }, user: { id: string, loginName: string, displayName: string } } };

export type DeleteMailAccountMutationVariables = Exact<{
  id: string;
}>;


export type DeleteMailAccountMutation = { deleteMailAccount: boolean };

export type ApiTokenPartsFragment = { id: string, name: string, role: UserRole, state: ApiTokenState, ending: string, createdAt: string, expiresAt: string, lastUsedAt: string | null, revokedAt: string | null, user: { id: string, displayName: string, role: UserRole } };

export type ApiTokensQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiTokensQuery = { apiTokens: Array<{ id: string, name: string, role: UserRole, state: ApiTokenState, ending: string, createdAt: string, expiresAt: string, lastUsedAt: string | null, revokedAt: string | null, user: { id: string, displayName: string, role: UserRole } }> };

export type CreateApiTokenMutationVariables = Exact<{
  input: ApiTokenInput;
}>;


export type CreateApiTokenMutation = { createApiToken: { token: string, apiToken: { id: string, name: string, role: UserRole, state: ApiTokenState, ending: string, createdAt: string, expiresAt: string, lastUsedAt: string | null, revokedAt: string | null, user: { id: string, displayName: string, role: UserRole } } } };

export type RevokeApiTokenMutationVariables = Exact<{
  id: string;
}>;


export type RevokeApiTokenMutation = { revokeApiToken: { id: string, name: string, role: UserRole, state: ApiTokenState, ending: string, createdAt: string, expiresAt: string, lastUsedAt: string | null, revokedAt: string | null, user: { id: string, displayName: string, role: UserRole } } };

export type SessionUserFragment = { id: string, loginName: string, displayName: string, role: UserRole };

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { needsSetUp: boolean, me: { id: string, loginName: string, displayName: string, role: UserRole } | null };

export type SetUpMutationVariables = Exact<{
  token: string;
  loginName: string;
  password: string;
}>;


export type SetUpMutation = { setUp: { id: string, loginName: string, displayName: string, role: UserRole } };

export type SignInMutationVariables = Exact<{
  loginName: string;
  password: string;
}>;


export type SignInMutation = { signIn: { id: string, loginName: string, displayName: string, role: UserRole } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean };

export type CertificatePartsFragment = { subject: string, issuer: string, altNames: Array<string>, validFrom: string, validTo: string, fingerprint256: string, trusted: boolean };

export type DiagnosisStepPartsFragment = { side: DiagnosisSide, kind: DiagnosisStepKind, outcome: DiagnosisOutcome, durationMs: number, detail: string | null, problem: string | null, advice: string | null, authMethods: Array<string>, transcript: Array<string>, certificate: { subject: string, issuer: string, altNames: Array<string>, validFrom: string, validTo: string, fingerprint256: string, trusted: boolean } | null, suggestion: { path: string, value: string, label: string, also: Array<{ path: string, value: string }> } | null };

export type MailServerDiagnosisSubscriptionVariables = Exact<{
  input: MailServerInput;
  credentials?: DiagnosisCredentialsInput | null | undefined;
  depth: DiagnosisDepth;
  address?: string | null | undefined;
}>;


export type MailServerDiagnosisSubscription = { mailServerDiagnosis: { side: DiagnosisSide, kind: DiagnosisStepKind, outcome: DiagnosisOutcome, durationMs: number, detail: string | null, problem: string | null, advice: string | null, authMethods: Array<string>, transcript: Array<string>, certificate: { subject: string, issuer: string, altNames: Array<string>, validFrom: string, validTo: string, fingerprint256: string, trusted: boolean } | null, suggestion: { path: string, value: string, label: string, also: Array<{ path: string, value: string }> } | null } };

export type FindMailServerSettingsQueryVariables = Exact<{
  email: string;
}>;


export type FindMailServerSettingsQuery = { findMailServerSettings: { candidates: Array<{ source: DiscoverySource, providerName: string | null, usernameForm: UsernameForm | null, documentationUrl: string | null, notes: Array<DiscoveryNote>, outgoing: { host: string, port: number, encryption: EncryptionMode, authMethod: SmtpAuthMethod, isReached: boolean | null, problem: string | null }, incoming: { protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode, authMethod: IncomingAuthMethod, isReached: boolean | null, problem: string | null } }>, unasked: Array<{ source: DiscoverySource, problem: DiscoverySourceProblem }> } };

export type MailServerRowFragment = { id: string, code: string, name: string, position: number, accountCount: number, version: number, outgoing: { host: string, port: number, encryption: EncryptionMode }, incoming: { protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode } };

export type MailServerDetailsFragment = { oauthProviderId: string | null, createdAt: string, updatedAt: string, deletedAt: string | null, id: string, code: string, name: string, position: number, accountCount: number, version: number, outgoing: { authMethod: SmtpAuthMethod, credentials: SmtpCredentials, popBeforeSmtp: boolean, popBeforeSmtpWaitSeconds: number, timeoutSeconds: number, pinnedCertificate: string | null, caCertificate: string | null, host: string, port: number, encryption: EncryptionMode }, incoming: { authMethod: IncomingAuthMethod, apop: boolean, timeoutSeconds: number, pinnedCertificate: string | null, caCertificate: string | null, protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode } };

export type MailServersQueryVariables = Exact<{ [key: string]: never; }>;


export type MailServersQuery = { mailServers: Array<{ id: string, code: string, name: string, position: number, accountCount: number, version: number, outgoing: { host: string, port: number, encryption: EncryptionMode }, incoming: { protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode } }> };

export type MailServerQueryVariables = Exact<{
  id: string;
}>;


export type MailServerQuery = { mailServer: { oauthProviderId: string | null, createdAt: string, updatedAt: string, deletedAt: string | null, id: string, code: string, name: string, position: number, accountCount: number, version: number, outgoing: { authMethod: SmtpAuthMethod, credentials: SmtpCredentials, popBeforeSmtp: boolean, popBeforeSmtpWaitSeconds: number, timeoutSeconds: number, pinnedCertificate: string | null, caCertificate: string | null, host: string, port: number, encryption: EncryptionMode }, incoming: { authMethod: IncomingAuthMethod, apop: boolean, timeoutSeconds: number, pinnedCertificate: string | null, caCertificate: string | null, protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode } } | null };

export type DeletedMailServersQueryVariables = Exact<{ [key: string]: never; }>;


export type DeletedMailServersQuery = { mailServers: Array<{ id: string, code: string, name: string, deletedAt: string | null }> };

export type DeletedMailServerCountQueryVariables = Exact<{ [key: string]: never; }>;


export type DeletedMailServerCountQuery = { deletedMailServerCount: number };

export type CreateMailServerMutationVariables = Exact<{
  input: MailServerInput;
}>;


export type CreateMailServerMutation = { createMailServer: { oauthProviderId: string | null, createdAt: string, updatedAt: string, deletedAt: string | null, id: string, code: string, name: string, position: number, accountCount: number, version: number, outgoing: { authMethod: SmtpAuthMethod, credentials: SmtpCredentials, popBeforeSmtp: boolean, popBeforeSmtpWaitSeconds: number, timeoutSeconds: number, pinnedCertificate: string | null, caCertificate: string | null, host: string, port: number, encryption: EncryptionMode }, incoming: { authMethod: IncomingAuthMethod, apop: boolean, timeoutSeconds: number, pinnedCertificate: string | null, caCertificate: string | null, protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode } } };

export type UpdateMailServerMutationVariables = Exact<{
  id: string;
  version: number;
  input: MailServerInput;
}>;


export type UpdateMailServerMutation = { updateMailServer: { oauthProviderId: string | null, createdAt: string, updatedAt: string, deletedAt: string | null, id: string, code: string, name: string, position: number, accountCount: number, version: number, outgoing: { authMethod: SmtpAuthMethod, credentials: SmtpCredentials, popBeforeSmtp: boolean, popBeforeSmtpWaitSeconds: number, timeoutSeconds: number, pinnedCertificate: string | null, caCertificate: string | null, host: string, port: number, encryption: EncryptionMode }, incoming: { authMethod: IncomingAuthMethod, apop: boolean, timeoutSeconds: number, pinnedCertificate: string | null, caCertificate: string | null, protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode } } };

export type ReorderMailServersMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ReorderMailServersMutation = { reorderMailServers: Array<{ id: string, code: string, name: string, position: number, accountCount: number, version: number, outgoing: { host: string, port: number, encryption: EncryptionMode }, incoming: { protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode } }> };

export type DeleteMailServerMutationVariables = Exact<{
  id: string;
}>;


export type DeleteMailServerMutation = { deleteMailServer: { id: string, version: number, deletedAt: string | null } };

export type DeleteAllMailServersMutationVariables = Exact<{
  expectedCount?: number | null | undefined;
}>;


export type DeleteAllMailServersMutation = { deleteAllMailServers: number };

export type RestoreMailServersMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type RestoreMailServersMutation = { restoreMailServers: Array<{ deletedAt: string | null, id: string, code: string, name: string, position: number, accountCount: number, version: number, outgoing: { host: string, port: number, encryption: EncryptionMode }, incoming: { protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode } }> };

export type MailServersChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MailServersChangedSubscription = { mailServersChanged: Array<{ id: string, code: string, name: string, position: number, accountCount: number, version: number, outgoing: { host: string, port: number, encryption: EncryptionMode }, incoming: { protocol: MailProtocol, host: string, port: number, encryption: EncryptionMode } }> };

export type OAuthProviderPartsFragment = { id: string, name: string, preset: OAuthPreset, metadataUrl: string | null, tenant: string | null, clientId: string, scopes: string, flow: OAuthFlow, hasClientSecret: boolean, grantCount: number, version: number };

export type OAuthProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type OAuthProvidersQuery = { oauthProviders: Array<{ id: string, name: string, preset: OAuthPreset, metadataUrl: string | null, tenant: string | null, clientId: string, scopes: string, flow: OAuthFlow, hasClientSecret: boolean, grantCount: number, version: number }> };

export type OAuthProviderQueryVariables = Exact<{
  id: string;
}>;


export type OAuthProviderQuery = { oauthProvider: { id: string, name: string, preset: OAuthPreset, metadataUrl: string | null, tenant: string | null, clientId: string, scopes: string, flow: OAuthFlow, hasClientSecret: boolean, grantCount: number, version: number } | null };

export type OAuthRedirectUriQueryVariables = Exact<{ [key: string]: never; }>;


export type OAuthRedirectUriQuery = { oauthRedirectUri: string };

export type CreateOAuthProviderMutationVariables = Exact<{
  input: OAuthProviderInput;
}>;


export type CreateOAuthProviderMutation = { createOAuthProvider: { id: string, name: string, preset: OAuthPreset, metadataUrl: string | null, tenant: string | null, clientId: string, scopes: string, flow: OAuthFlow, hasClientSecret: boolean, grantCount: number, version: number } };

export type UpdateOAuthProviderMutationVariables = Exact<{
  id: string;
  version: number;
  input: OAuthProviderInput;
}>;


export type UpdateOAuthProviderMutation = { updateOAuthProvider: { id: string, name: string, preset: OAuthPreset, metadataUrl: string | null, tenant: string | null, clientId: string, scopes: string, flow: OAuthFlow, hasClientSecret: boolean, grantCount: number, version: number } };

export type DeleteOAuthProviderMutationVariables = Exact<{
  id: string;
}>;


export type DeleteOAuthProviderMutation = { deleteOAuthProvider: { id: string } };

export type OAuthGrantsQueryVariables = Exact<{ [key: string]: never; }>;


export type OAuthGrantsQuery = { oauthGrants: Array<{ id: string, providerId: string, mailbox: string, state: OAuthGrantState, problem: string | null }> };

export type StartOAuthGrantMutationVariables = Exact<{
  providerId: string;
  loginHint: string;
}>;


export type StartOAuthGrantMutation = { startOAuthGrant: string };

export type DeleteOAuthGrantMutationVariables = Exact<{
  id: string;
}>;


export type DeleteOAuthGrantMutation = { deleteOAuthGrant: boolean };

export type ImportPreviewPartsFragment = { addCount: number, changeCount: number, sameCount: number, refusedCount: number, encoding: CsvEncoding, hasHeading: boolean, ignoredColumns: Array<string>, digest: string, rows: Array<{ row: number, code: string, outcome: ImportOutcome, about: string, changes: Array<{ field: string, label: string, old: string | null, new: string | null, isSecret: boolean }>, refusals: Array<{ field: string | null, label: string | null, column: number | null, message: string }> }> };

export type ImportResultPartsFragment = { added: number, changed: number, unchanged: number };

export type PreviewMailServerImportMutationVariables = Exact<{
  file: string;
}>;


export type PreviewMailServerImportMutation = { preview: { addCount: number, changeCount: number, sameCount: number, refusedCount: number, encoding: CsvEncoding, hasHeading: boolean, ignoredColumns: Array<string>, digest: string, rows: Array<{ row: number, code: string, outcome: ImportOutcome, about: string, changes: Array<{ field: string, label: string, old: string | null, new: string | null, isSecret: boolean }>, refusals: Array<{ field: string | null, label: string | null, column: number | null, message: string }> }> } };

export type ImportMailServersMutationVariables = Exact<{
  file: string;
  digest: string;
}>;


export type ImportMailServersMutation = { result: { added: number, changed: number, unchanged: number } };

export const AccountOwnerFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountOwner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]} as unknown as DocumentNode<AccountOwnerFragment, unknown>;
export const MailAccountRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailAccountRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"mailServer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountOwner"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountOwner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]} as unknown as DocumentNode<MailAccountRowFragment, unknown>;
export const ServerOptionFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServerOption"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServerOption"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"needsIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"needsOutgoingCredentials"}},{"kind":"Field","name":{"kind":"Name","value":"usesOAuth"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}}]}}]} as unknown as DocumentNode<ServerOptionFragment, unknown>;
export const MailAccountDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailAccountDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"incomingUsername"}},{"kind":"Field","name":{"kind":"Name","value":"hasIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"outgoingUsername"}},{"kind":"Field","name":{"kind":"Name","value":"hasOutgoingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"oauthGrantId"}},{"kind":"Field","name":{"kind":"Name","value":"leaveOnServer"}},{"kind":"Field","name":{"kind":"Name","value":"deleteAfterDays"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mailServer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ServerOption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountOwner"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServerOption"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServerOption"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"needsIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"needsOutgoingCredentials"}},{"kind":"Field","name":{"kind":"Name","value":"usesOAuth"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountOwner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]} as unknown as DocumentNode<MailAccountDetailsFragment, unknown>;
export const ApiTokenPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiTokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"ending"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]} as unknown as DocumentNode<ApiTokenPartsFragment, unknown>;
export const SessionUserFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]} as unknown as DocumentNode<SessionUserFragment, unknown>;
export const CertificatePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CertificateParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CertificateFacts"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"altNames"}},{"kind":"Field","name":{"kind":"Name","value":"validFrom"}},{"kind":"Field","name":{"kind":"Name","value":"validTo"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint256"}},{"kind":"Field","name":{"kind":"Name","value":"trusted"}}]}}]} as unknown as DocumentNode<CertificatePartsFragment, unknown>;
export const DiagnosisStepPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DiagnosisStepParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DiagnosisStep"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"advice"}},{"kind":"Field","name":{"kind":"Name","value":"certificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CertificateParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"authMethods"}},{"kind":"Field","name":{"kind":"Name","value":"transcript"}},{"kind":"Field","name":{"kind":"Name","value":"suggestion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"also"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CertificateParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CertificateFacts"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"altNames"}},{"kind":"Field","name":{"kind":"Name","value":"validFrom"}},{"kind":"Field","name":{"kind":"Name","value":"validTo"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint256"}},{"kind":"Field","name":{"kind":"Name","value":"trusted"}}]}}]} as unknown as DocumentNode<DiagnosisStepPartsFragment, unknown>;
export const MailServerRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"accountCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}}]}}]} as unknown as DocumentNode<MailServerRowFragment, unknown>;
export const MailServerDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerRow"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"credentials"}},{"kind":"Field","name":{"kind":"Name","value":"popBeforeSmtp"}},{"kind":"Field","name":{"kind":"Name","value":"popBeforeSmtpWaitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"timeoutSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedCertificate"}},{"kind":"Field","name":{"kind":"Name","value":"caCertificate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"apop"}},{"kind":"Field","name":{"kind":"Name","value":"timeoutSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedCertificate"}},{"kind":"Field","name":{"kind":"Name","value":"caCertificate"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"accountCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}}]}}]} as unknown as DocumentNode<MailServerDetailsFragment, unknown>;
export const OAuthProviderPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OAuthProviderParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OAuthProvider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"preset"}},{"kind":"Field","name":{"kind":"Name","value":"metadataUrl"}},{"kind":"Field","name":{"kind":"Name","value":"tenant"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"flow"}},{"kind":"Field","name":{"kind":"Name","value":"hasClientSecret"}},{"kind":"Field","name":{"kind":"Name","value":"grantCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<OAuthProviderPartsFragment, unknown>;
export const ImportPreviewPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ImportPreviewParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImportPreview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"row"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"about"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"old"}},{"kind":"Field","name":{"kind":"Name","value":"new"}},{"kind":"Field","name":{"kind":"Name","value":"isSecret"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refusals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"column"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"addCount"}},{"kind":"Field","name":{"kind":"Name","value":"changeCount"}},{"kind":"Field","name":{"kind":"Name","value":"sameCount"}},{"kind":"Field","name":{"kind":"Name","value":"refusedCount"}},{"kind":"Field","name":{"kind":"Name","value":"encoding"}},{"kind":"Field","name":{"kind":"Name","value":"hasHeading"}},{"kind":"Field","name":{"kind":"Name","value":"ignoredColumns"}},{"kind":"Field","name":{"kind":"Name","value":"digest"}}]}}]} as unknown as DocumentNode<ImportPreviewPartsFragment, unknown>;
export const ImportResultPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ImportResultParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImportResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"changed"}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"}}]}}]} as unknown as DocumentNode<ImportResultPartsFragment, unknown>;
export const MailAccountsPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MailAccountsPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"mailServerId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"needsAttention"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mailAccountsPage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"mailServerId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"mailServerId"}}},{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"needsAttention"},"value":{"kind":"Variable","name":{"kind":"Name","value":"needsAttention"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailAccountRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"needingAttention"},"name":{"kind":"Name","value":"mailAccountsPage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}},{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"mailServerId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"mailServerId"}}},{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"needsAttention"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountOwner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailAccountRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"mailServer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountOwner"}}]}}]}}]} as unknown as DocumentNode<MailAccountsPageQuery, MailAccountsPageQueryVariables>;
export const MailAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MailAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mailAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailAccountDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServerOption"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServerOption"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"needsIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"needsOutgoingCredentials"}},{"kind":"Field","name":{"kind":"Name","value":"usesOAuth"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountOwner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailAccountDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"incomingUsername"}},{"kind":"Field","name":{"kind":"Name","value":"hasIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"outgoingUsername"}},{"kind":"Field","name":{"kind":"Name","value":"hasOutgoingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"oauthGrantId"}},{"kind":"Field","name":{"kind":"Name","value":"leaveOnServer"}},{"kind":"Field","name":{"kind":"Name","value":"deleteAfterDays"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mailServer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ServerOption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountOwner"}}]}}]}}]} as unknown as DocumentNode<MailAccountQuery, MailAccountQueryVariables>;
export const ServerOptionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ServerOptions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mailServerOptions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ServerOption"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServerOption"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServerOption"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"needsIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"needsOutgoingCredentials"}},{"kind":"Field","name":{"kind":"Name","value":"usesOAuth"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}}]}}]} as unknown as DocumentNode<ServerOptionsQuery, ServerOptionsQueryVariables>;
export const ServerOfAccountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ServerOfAccounts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mailServer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}}]}}]}}]} as unknown as DocumentNode<ServerOfAccountsQuery, ServerOfAccountsQueryVariables>;
export const FindPeopleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindPeople"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountOwner"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountOwner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]} as unknown as DocumentNode<FindPeopleQuery, FindPeopleQueryVariables>;
export const AccountPersonDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountPerson"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountOwner"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountOwner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]} as unknown as DocumentNode<AccountPersonQuery, AccountPersonQueryVariables>;
export const MyRulesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MyRules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"myRules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"managesOwnAccounts"}},{"kind":"Field","name":{"kind":"Name","value":"leavesMail"}}]}}]}}]} as unknown as DocumentNode<MyRulesQuery, MyRulesQueryVariables>;
export const CreateMailAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateMailAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MailAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createMailAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailAccountDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServerOption"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServerOption"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"needsIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"needsOutgoingCredentials"}},{"kind":"Field","name":{"kind":"Name","value":"usesOAuth"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountOwner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailAccountDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"incomingUsername"}},{"kind":"Field","name":{"kind":"Name","value":"hasIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"outgoingUsername"}},{"kind":"Field","name":{"kind":"Name","value":"hasOutgoingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"oauthGrantId"}},{"kind":"Field","name":{"kind":"Name","value":"leaveOnServer"}},{"kind":"Field","name":{"kind":"Name","value":"deleteAfterDays"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mailServer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ServerOption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountOwner"}}]}}]}}]} as unknown as DocumentNode<CreateMailAccountMutation, CreateMailAccountMutationVariables>;
export const UpdateMailAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateMailAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"version"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MailAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateMailAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"version"},"value":{"kind":"Variable","name":{"kind":"Name","value":"version"}}},{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailAccountDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServerOption"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServerOption"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"needsIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"needsOutgoingCredentials"}},{"kind":"Field","name":{"kind":"Name","value":"usesOAuth"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountOwner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailAccountDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"incomingUsername"}},{"kind":"Field","name":{"kind":"Name","value":"hasIncomingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"outgoingUsername"}},{"kind":"Field","name":{"kind":"Name","value":"hasOutgoingPassword"}},{"kind":"Field","name":{"kind":"Name","value":"oauthGrantId"}},{"kind":"Field","name":{"kind":"Name","value":"leaveOnServer"}},{"kind":"Field","name":{"kind":"Name","value":"deleteAfterDays"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mailServer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ServerOption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountOwner"}}]}}]}}]} as unknown as DocumentNode<UpdateMailAccountMutation, UpdateMailAccountMutationVariables>;
export const DeleteMailAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteMailAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteMailAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}]}}]} as unknown as DocumentNode<DeleteMailAccountMutation, DeleteMailAccountMutationVariables>;
export const ApiTokensDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ApiTokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiTokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiTokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiTokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"ending"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]} as unknown as DocumentNode<ApiTokensQuery, ApiTokensQueryVariables>;
export const CreateApiTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateApiToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ApiTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createApiToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"apiToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiTokenParts"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiTokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"ending"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]} as unknown as DocumentNode<CreateApiTokenMutation, CreateApiTokenMutationVariables>;
export const RevokeApiTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeApiToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeApiToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiTokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiTokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"ending"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]} as unknown as DocumentNode<RevokeApiTokenMutation, RevokeApiTokenMutationVariables>;
export const SessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionUser"}}]}},{"kind":"Field","name":{"kind":"Name","value":"needsSetUp"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]} as unknown as DocumentNode<SessionQuery, SessionQueryVariables>;
export const SetUpDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetUp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"token"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"loginName"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"password"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setUp"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"token"},"value":{"kind":"Variable","name":{"kind":"Name","value":"token"}}},{"kind":"Argument","name":{"kind":"Name","value":"loginName"},"value":{"kind":"Variable","name":{"kind":"Name","value":"loginName"}}},{"kind":"Argument","name":{"kind":"Name","value":"password"},"value":{"kind":"Variable","name":{"kind":"Name","value":"password"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionUser"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]} as unknown as DocumentNode<SetUpMutation, SetUpMutationVariables>;
export const SignInDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"loginName"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"password"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"loginName"},"value":{"kind":"Variable","name":{"kind":"Name","value":"loginName"}}},{"kind":"Argument","name":{"kind":"Name","value":"password"},"value":{"kind":"Variable","name":{"kind":"Name","value":"password"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionUser"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"loginName"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signOut"}}]}}]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const MailServerDiagnosisDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MailServerDiagnosis"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MailServerInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"credentials"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DiagnosisCredentialsInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"depth"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DiagnosisDepth"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mailServerDiagnosis"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}},{"kind":"Argument","name":{"kind":"Name","value":"credentials"},"value":{"kind":"Variable","name":{"kind":"Name","value":"credentials"}}},{"kind":"Argument","name":{"kind":"Name","value":"depth"},"value":{"kind":"Variable","name":{"kind":"Name","value":"depth"}}},{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DiagnosisStepParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CertificateParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CertificateFacts"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"altNames"}},{"kind":"Field","name":{"kind":"Name","value":"validFrom"}},{"kind":"Field","name":{"kind":"Name","value":"validTo"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint256"}},{"kind":"Field","name":{"kind":"Name","value":"trusted"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DiagnosisStepParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DiagnosisStep"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"advice"}},{"kind":"Field","name":{"kind":"Name","value":"certificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CertificateParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"authMethods"}},{"kind":"Field","name":{"kind":"Name","value":"transcript"}},{"kind":"Field","name":{"kind":"Name","value":"suggestion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"also"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]} as unknown as DocumentNode<MailServerDiagnosisSubscription, MailServerDiagnosisSubscriptionVariables>;
export const FindMailServerSettingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindMailServerSettings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"findMailServerSettings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"candidates"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"providerName"}},{"kind":"Field","name":{"kind":"Name","value":"usernameForm"}},{"kind":"Field","name":{"kind":"Name","value":"documentationUrl"}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}},{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"isReached"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}},{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"isReached"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unasked"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}}]}}]}}]} as unknown as DocumentNode<FindMailServerSettingsQuery, FindMailServerSettingsQueryVariables>;
export const MailServersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MailServers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mailServers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"accountCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}}]}}]} as unknown as DocumentNode<MailServersQuery, MailServersQueryVariables>;
export const MailServerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MailServer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mailServer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"accountCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerRow"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"credentials"}},{"kind":"Field","name":{"kind":"Name","value":"popBeforeSmtp"}},{"kind":"Field","name":{"kind":"Name","value":"popBeforeSmtpWaitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"timeoutSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedCertificate"}},{"kind":"Field","name":{"kind":"Name","value":"caCertificate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"apop"}},{"kind":"Field","name":{"kind":"Name","value":"timeoutSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedCertificate"}},{"kind":"Field","name":{"kind":"Name","value":"caCertificate"}}]}}]}}]} as unknown as DocumentNode<MailServerQuery, MailServerQueryVariables>;
export const DeletedMailServersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeletedMailServers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mailServers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"includeDeleted"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}}]}}]}}]} as unknown as DocumentNode<DeletedMailServersQuery, DeletedMailServersQueryVariables>;
export const DeletedMailServerCountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeletedMailServerCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedMailServerCount"}}]}}]} as unknown as DocumentNode<DeletedMailServerCountQuery, DeletedMailServerCountQueryVariables>;
export const CreateMailServerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateMailServer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MailServerInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createMailServer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"accountCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerRow"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"credentials"}},{"kind":"Field","name":{"kind":"Name","value":"popBeforeSmtp"}},{"kind":"Field","name":{"kind":"Name","value":"popBeforeSmtpWaitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"timeoutSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedCertificate"}},{"kind":"Field","name":{"kind":"Name","value":"caCertificate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"apop"}},{"kind":"Field","name":{"kind":"Name","value":"timeoutSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedCertificate"}},{"kind":"Field","name":{"kind":"Name","value":"caCertificate"}}]}}]}}]} as unknown as DocumentNode<CreateMailServerMutation, CreateMailServerMutationVariables>;
export const UpdateMailServerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateMailServer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"version"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MailServerInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateMailServer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"version"},"value":{"kind":"Variable","name":{"kind":"Name","value":"version"}}},{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"accountCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerRow"}},{"kind":"Field","name":{"kind":"Name","value":"oauthProviderId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"credentials"}},{"kind":"Field","name":{"kind":"Name","value":"popBeforeSmtp"}},{"kind":"Field","name":{"kind":"Name","value":"popBeforeSmtpWaitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"timeoutSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedCertificate"}},{"kind":"Field","name":{"kind":"Name","value":"caCertificate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authMethod"}},{"kind":"Field","name":{"kind":"Name","value":"apop"}},{"kind":"Field","name":{"kind":"Name","value":"timeoutSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedCertificate"}},{"kind":"Field","name":{"kind":"Name","value":"caCertificate"}}]}}]}}]} as unknown as DocumentNode<UpdateMailServerMutation, UpdateMailServerMutationVariables>;
export const ReorderMailServersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReorderMailServers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reorderMailServers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"accountCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}}]}}]} as unknown as DocumentNode<ReorderMailServersMutation, ReorderMailServersMutationVariables>;
export const DeleteMailServerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteMailServer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteMailServer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}}]}}]}}]} as unknown as DocumentNode<DeleteMailServerMutation, DeleteMailServerMutationVariables>;
export const DeleteAllMailServersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteAllMailServers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"expectedCount"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteAllMailServers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"expectedCount"},"value":{"kind":"Variable","name":{"kind":"Name","value":"expectedCount"}}}]}]}}]} as unknown as DocumentNode<DeleteAllMailServersMutation, DeleteAllMailServersMutationVariables>;
export const RestoreMailServersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RestoreMailServers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"restoreMailServers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerRow"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"accountCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}}]}}]} as unknown as DocumentNode<RestoreMailServersMutation, RestoreMailServersMutationVariables>;
export const MailServersChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MailServersChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mailServersChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MailServerRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailServerRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailServer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"accountCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"outgoing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}},{"kind":"Field","name":{"kind":"Name","value":"incoming"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"encryption"}}]}}]}}]} as unknown as DocumentNode<MailServersChangedSubscription, MailServersChangedSubscriptionVariables>;
export const OAuthProvidersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OAuthProviders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oauthProviders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OAuthProviderParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OAuthProviderParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OAuthProvider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"preset"}},{"kind":"Field","name":{"kind":"Name","value":"metadataUrl"}},{"kind":"Field","name":{"kind":"Name","value":"tenant"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"flow"}},{"kind":"Field","name":{"kind":"Name","value":"hasClientSecret"}},{"kind":"Field","name":{"kind":"Name","value":"grantCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<OAuthProvidersQuery, OAuthProvidersQueryVariables>;
export const OAuthProviderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OAuthProvider"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oauthProvider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OAuthProviderParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OAuthProviderParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OAuthProvider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"preset"}},{"kind":"Field","name":{"kind":"Name","value":"metadataUrl"}},{"kind":"Field","name":{"kind":"Name","value":"tenant"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"flow"}},{"kind":"Field","name":{"kind":"Name","value":"hasClientSecret"}},{"kind":"Field","name":{"kind":"Name","value":"grantCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<OAuthProviderQuery, OAuthProviderQueryVariables>;
export const OAuthRedirectUriDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OAuthRedirectUri"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oauthRedirectUri"}}]}}]} as unknown as DocumentNode<OAuthRedirectUriQuery, OAuthRedirectUriQueryVariables>;
export const CreateOAuthProviderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateOAuthProvider"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OAuthProviderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createOAuthProvider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OAuthProviderParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OAuthProviderParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OAuthProvider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"preset"}},{"kind":"Field","name":{"kind":"Name","value":"metadataUrl"}},{"kind":"Field","name":{"kind":"Name","value":"tenant"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"flow"}},{"kind":"Field","name":{"kind":"Name","value":"hasClientSecret"}},{"kind":"Field","name":{"kind":"Name","value":"grantCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<CreateOAuthProviderMutation, CreateOAuthProviderMutationVariables>;
export const UpdateOAuthProviderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateOAuthProvider"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"version"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OAuthProviderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateOAuthProvider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"version"},"value":{"kind":"Variable","name":{"kind":"Name","value":"version"}}},{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OAuthProviderParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OAuthProviderParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OAuthProvider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"preset"}},{"kind":"Field","name":{"kind":"Name","value":"metadataUrl"}},{"kind":"Field","name":{"kind":"Name","value":"tenant"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"flow"}},{"kind":"Field","name":{"kind":"Name","value":"hasClientSecret"}},{"kind":"Field","name":{"kind":"Name","value":"grantCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<UpdateOAuthProviderMutation, UpdateOAuthProviderMutationVariables>;
export const DeleteOAuthProviderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteOAuthProvider"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteOAuthProvider"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<DeleteOAuthProviderMutation, DeleteOAuthProviderMutationVariables>;
export const OAuthGrantsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OAuthGrants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oauthGrants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"mailbox"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}}]}}]} as unknown as DocumentNode<OAuthGrantsQuery, OAuthGrantsQueryVariables>;
export const StartOAuthGrantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartOAuthGrant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"providerId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"loginHint"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startOAuthGrant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"providerId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"providerId"}}},{"kind":"Argument","name":{"kind":"Name","value":"loginHint"},"value":{"kind":"Variable","name":{"kind":"Name","value":"loginHint"}}}]}]}}]} as unknown as DocumentNode<StartOAuthGrantMutation, StartOAuthGrantMutationVariables>;
export const DeleteOAuthGrantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteOAuthGrant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteOAuthGrant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}]}}]} as unknown as DocumentNode<DeleteOAuthGrantMutation, DeleteOAuthGrantMutationVariables>;
export const PreviewMailServerImportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PreviewMailServerImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"file"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"preview"},"name":{"kind":"Name","value":"previewMailServerImport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"file"},"value":{"kind":"Variable","name":{"kind":"Name","value":"file"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ImportPreviewParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ImportPreviewParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImportPreview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"row"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"about"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"old"}},{"kind":"Field","name":{"kind":"Name","value":"new"}},{"kind":"Field","name":{"kind":"Name","value":"isSecret"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refusals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"column"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"addCount"}},{"kind":"Field","name":{"kind":"Name","value":"changeCount"}},{"kind":"Field","name":{"kind":"Name","value":"sameCount"}},{"kind":"Field","name":{"kind":"Name","value":"refusedCount"}},{"kind":"Field","name":{"kind":"Name","value":"encoding"}},{"kind":"Field","name":{"kind":"Name","value":"hasHeading"}},{"kind":"Field","name":{"kind":"Name","value":"ignoredColumns"}},{"kind":"Field","name":{"kind":"Name","value":"digest"}}]}}]} as unknown as DocumentNode<PreviewMailServerImportMutation, PreviewMailServerImportMutationVariables>;
export const ImportMailServersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportMailServers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"file"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"digest"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"result"},"name":{"kind":"Name","value":"importMailServers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"file"},"value":{"kind":"Variable","name":{"kind":"Name","value":"file"}}},{"kind":"Argument","name":{"kind":"Name","value":"digest"},"value":{"kind":"Variable","name":{"kind":"Name","value":"digest"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ImportResultParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ImportResultParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImportResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"changed"}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"}}]}}]} as unknown as DocumentNode<ImportMailServersMutation, ImportMailServersMutationVariables>;