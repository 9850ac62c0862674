import {
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  POP_BEFORE_SMTP_WAIT_MAX_SECONDS,
  SmtpAuthMethod,
  SmtpCredentials,
  TIMEOUT_MAX_SECONDS,
  toHalfWidth,
} from '@mailroom/shared'
import type {
  IncomingSettingsInput,
  MailServerInput,
  OutgoingSettingsInput,
} from '../generated/graphql.js'
import type { MessageKey } from '../i18n/useText.js'
import { oauthProviders } from '../oauth/useOAuthProviders.js'
import {
  followPort,
  offersApop,
  typePort,
  usesOAuth,
  type MailServerDraft,
} from './mail-server-draft.js'

/** A choice's words: a text of the screen, or a name that is the same in every language. */
export type ChoiceLabel = { readonly text: MessageKey } | { readonly name: string }
interface ChoiceOption {
  readonly value: string
  readonly label: ChoiceLabel
}

interface TextControl {
  readonly kind: 'text' | 'port' | 'certificate' | 'pem'
  read(draft: MailServerDraft): string
  write(draft: MailServerDraft, value: string): void
  /** What happens to the text when somebody leaves the field. */
  tidy?(text: string): string
}
interface ChoiceControl {
  readonly kind: 'radio' | 'select'
  options(draft: MailServerDraft): readonly ChoiceOption[]
  read(draft: MailServerDraft): string
  write(draft: MailServerDraft, value: string): void
}
interface SwitchControl {
  readonly kind: 'switch'
  read(draft: MailServerDraft): boolean
  write(draft: MailServerDraft, value: boolean): void
}

export interface FieldDescriptor {
  readonly label: MessageKey
  readonly control: TextControl | ChoiceControl | SwitchControl
  readonly hint?: MessageKey
  readonly unit?: MessageKey
  readonly example?: string
  readonly isRequired?: boolean
  readonly isNarrow?: boolean
  /** Rarely needed: folded away until it has a value. */
  readonly isAdvanced?: boolean
  /** Hidden fields keep their value. */
  readonly isShown?: (draft: MailServerDraft) => boolean
}

/** A choice among the words of one enum; anything else that is written is ignored. */
function choice<T extends string>(
  kind: ChoiceControl['kind'],
  labels: Readonly<Record<T, ChoiceLabel>>,
  values: readonly T[],
  read: (draft: MailServerDraft) => T,
  write: (draft: MailServerDraft, value: T) => void,
): ChoiceControl {
  const options = values.map((value) => ({ value, label: labels[value] }))
  return {
    kind,
    options: () => options,
    read,
    write(draft, text) {
      const value = values.find((known) => known === text)
      if (value !== undefined) write(draft, value)
    },
  }
}

/** A choice among whole numbers; a stored one that is not offered stays choosable. */
function numbers(
  offered: readonly number[],
  read: (draft: MailServerDraft) => number,
  write: (draft: MailServerDraft, value: number) => void,
): ChoiceControl {
  return {
    kind: 'select',
    options: (draft) =>
      [...new Set([...offered, read(draft)])]
        .sort((a, b) => a - b)
        .map((value) => ({ value: String(value), label: { name: String(value) } })),
    read: (draft) => String(read(draft)),
    write: (draft, text) => write(draft, Number(text)),
  }
}

const TIMEOUT_STEP_SECONDS = 10
const TIMEOUTS = Array.from(
  { length: TIMEOUT_MAX_SECONDS / TIMEOUT_STEP_SECONDS },
  (_, index) => (index + 1) * TIMEOUT_STEP_SECONDS,
)
const WAITS = Array.from({ length: POP_BEFORE_SMTP_WAIT_MAX_SECONDS + 1 }, (_, index) => index)

const ENCRYPTION_LABELS: Record<EncryptionMode, ChoiceLabel> = {
  NONE: { text: 'fields.encryptionNone' },
  SSL: { text: 'fields.encryptionSSL' },
  TLS: { text: 'fields.encryptionTLS' },
}
const AUTH_LABELS: Record<SmtpAuthMethod, ChoiceLabel> = {
  NONE: { text: 'fields.authNone' },
  PLAIN: { name: 'PLAIN' },
  LOGIN: { name: 'LOGIN' },
  CRAM_MD5: { name: 'CRAM-MD5' },
  DIGEST_MD5: { name: 'DIGEST-MD5' },
  XOAUTH2: { name: 'OAuth 2.0 (XOAUTH2)' },
}
const INCOMING_AUTH_LABELS: Record<IncomingAuthMethod, ChoiceLabel> = {
  PASSWORD: { text: 'fields.authPassword' },
  XOAUTH2: { name: 'OAuth 2.0 (XOAUTH2)' },
}
const CREDENTIALS_LABELS: Record<SmtpCredentials, ChoiceLabel> = {
  OUTGOING: { text: 'fields.credentialsOutgoing' },
  INCOMING: { text: 'fields.credentialsIncoming' },
}
const PROTOCOL_LABELS: Record<MailProtocol, ChoiceLabel> = {
  POP3: { name: 'POP3' },
  IMAP4: { name: 'IMAP4' },
}

/** The fields of the whole server. The API gains one: the build fails until it is described here. */
const generalFields = {
  code: {
    label: 'fields.code',
    hint: 'fields.codeHint',
    isRequired: true,
    control: {
      kind: 'text',
      read: ({ code }) => code,
      write: (draft, value) => (draft.code = value),
    },
  },
  name: {
    label: 'fields.name',
    hint: 'fields.nameHint',
    isRequired: true,
    control: {
      kind: 'text',
      read: ({ name }) => name,
      write: (draft, value) => (draft.name = value),
    },
  },
  oauthProviderId: {
    label: 'oauth.provider',
    hint: 'oauth.providerHint',
    isShown: usesOAuth,
    control: {
      kind: 'select',
      options: ({ oauthProviderId }) => [
        { value: '', label: { text: 'oauth.providerNone' } },
        ...oauthProviders.value.map(({ id, name }) => ({ value: id, label: { name } })),
        // Until the list is there, or where it cannot be read, the stored choice stays one.
        ...(oauthProviderId === null ||
        oauthProviders.value.some(({ id }) => id === oauthProviderId)
          ? []
          : [{ value: oauthProviderId, label: { name: '…' } }]),
      ],
      read: ({ oauthProviderId }) => oauthProviderId ?? '',
      write: (draft, value) => (draft.oauthProviderId = value === '' ? null : value),
    },
  },
} satisfies Record<Exclude<keyof MailServerInput, 'outgoing' | 'incoming'>, FieldDescriptor>

/** The outgoing half, in the order of the screen. */
export const outgoingFields = {
  host: {
    label: 'fields.outgoingHost',
    example: 'smtp.example.co.jp',
    isRequired: true,
    control: {
      kind: 'text',
      read: ({ outgoing }) => outgoing.host,
      write: ({ outgoing }, value) => (outgoing.host = value),
      tidy: toHalfWidth,
    },
  },
  encryption: {
    label: 'fields.outgoingEncryption',
    control: choice(
      'radio',
      ENCRYPTION_LABELS,
      Object.values(EncryptionMode),
      ({ outgoing }) => outgoing.encryption,
      (draft, value) => {
        draft.outgoing.encryption = value
        followPort(draft, 'outgoing')
      },
    ),
  },
  port: {
    label: 'fields.outgoingPort',
    isRequired: true,
    isNarrow: true,
    control: {
      kind: 'port',
      read: ({ outgoing }) => outgoing.port,
      write: (draft, value) => typePort(draft, 'outgoing', value),
      tidy: toHalfWidth,
    },
  },
  authMethod: {
    label: 'fields.authMethod',
    control: choice(
      'select',
      AUTH_LABELS,
      Object.values(SmtpAuthMethod),
      ({ outgoing }) => outgoing.authMethod,
      ({ outgoing }, value) => (outgoing.authMethod = value),
    ),
  },
  credentials: {
    label: 'fields.credentials',
    hint: 'fields.credentialsHint',
    isShown: ({ outgoing }) => outgoing.authMethod !== SmtpAuthMethod.NONE,
    control: choice(
      'radio',
      CREDENTIALS_LABELS,
      Object.values(SmtpCredentials),
      ({ outgoing }) => outgoing.credentials,
      ({ outgoing }, value) => (outgoing.credentials = value),
    ),
  },
  popBeforeSmtp: {
    label: 'fields.popBeforeSmtp',
    control: {
      kind: 'switch',
      read: ({ outgoing }) => outgoing.popBeforeSmtp,
      write: ({ outgoing }, value) => (outgoing.popBeforeSmtp = value),
    },
  },
  popBeforeSmtpWaitSeconds: {
    label: 'fields.popBeforeSmtpWaitSeconds',
    unit: 'common.seconds',
    isNarrow: true,
    isShown: ({ outgoing }) => outgoing.popBeforeSmtp,
    control: numbers(
      WAITS,
      ({ outgoing }) => outgoing.popBeforeSmtpWaitSeconds,
      ({ outgoing }, value) => (outgoing.popBeforeSmtpWaitSeconds = value),
    ),
  },
  timeoutSeconds: {
    label: 'fields.outgoingTimeout',
    unit: 'common.seconds',
    isNarrow: true,
    control: numbers(
      TIMEOUTS,
      ({ outgoing }) => outgoing.timeoutSeconds,
      ({ outgoing }, value) => (outgoing.timeoutSeconds = value),
    ),
  },
  pinnedCertificate: {
    label: 'fields.pinnedCertificate',
    hint: 'fields.pinnedHint',
    isShown: ({ outgoing }) =>
      outgoing.encryption !== EncryptionMode.NONE && outgoing.pinnedCertificate !== null,
    control: {
      kind: 'certificate',
      read: ({ outgoing }) => outgoing.pinnedCertificate ?? '',
      write: ({ outgoing }, value) => (outgoing.pinnedCertificate = value === '' ? null : value),
    },
  },
  caCertificate: {
    label: 'fields.caCertificate',
    hint: 'fields.caHint',
    isAdvanced: true,
    isShown: ({ outgoing }) => outgoing.encryption !== EncryptionMode.NONE,
    control: {
      kind: 'pem',
      read: ({ outgoing }) => outgoing.caCertificate ?? '',
      write: ({ outgoing }, value) => (outgoing.caCertificate = value === '' ? null : value),
    },
  },
} satisfies Record<keyof OutgoingSettingsInput, FieldDescriptor>

/** The incoming half, in the order of the screen. */
export const incomingFields = {
  protocol: {
    label: 'fields.protocol',
    control: choice(
      'radio',
      PROTOCOL_LABELS,
      Object.values(MailProtocol),
      ({ incoming }) => incoming.protocol,
      (draft, value) => {
        draft.incoming.protocol = value
        followPort(draft, 'incoming')
      },
    ),
  },
  host: {
    label: 'fields.incomingHost',
    example: 'imap.example.co.jp',
    isRequired: true,
    control: {
      kind: 'text',
      read: ({ incoming }) => incoming.host,
      write: ({ incoming }, value) => (incoming.host = value),
      tidy: toHalfWidth,
    },
  },
  encryption: {
    label: 'fields.incomingEncryption',
    control: choice(
      'radio',
      ENCRYPTION_LABELS,
      Object.values(EncryptionMode),
      ({ incoming }) => incoming.encryption,
      (draft, value) => {
        draft.incoming.encryption = value
        followPort(draft, 'incoming')
      },
    ),
  },
  port: {
    label: 'fields.incomingPort',
    isRequired: true,
    isNarrow: true,
    control: {
      kind: 'port',
      read: ({ incoming }) => incoming.port,
      write: (draft, value) => typePort(draft, 'incoming', value),
      tidy: toHalfWidth,
    },
  },
  authMethod: {
    label: 'fields.incomingAuthMethod',
    control: choice(
      'select',
      INCOMING_AUTH_LABELS,
      Object.values(IncomingAuthMethod),
      ({ incoming }) => incoming.authMethod,
      ({ incoming }, value) => (incoming.authMethod = value),
    ),
  },
  apop: {
    label: 'fields.apop',
    isShown: ({ incoming }) => offersApop(incoming),
    control: {
      kind: 'switch',
      read: ({ incoming }) => incoming.apop,
      write: ({ incoming }, value) => (incoming.apop = value),
    },
  },
  timeoutSeconds: {
    label: 'fields.incomingTimeout',
    unit: 'common.seconds',
    isNarrow: true,
    control: numbers(
      TIMEOUTS,
      ({ incoming }) => incoming.timeoutSeconds,
      ({ incoming }, value) => (incoming.timeoutSeconds = value),
    ),
  },
  pinnedCertificate: {
    label: 'fields.pinnedCertificate',
    hint: 'fields.pinnedHint',
    isShown: ({ incoming }) =>
      incoming.encryption !== EncryptionMode.NONE && incoming.pinnedCertificate !== null,
    control: {
      kind: 'certificate',
      read: ({ incoming }) => incoming.pinnedCertificate ?? '',
      write: ({ incoming }, value) => (incoming.pinnedCertificate = value === '' ? null : value),
    },
  },
  caCertificate: {
    label: 'fields.caCertificate',
    hint: 'fields.caHint',
    isAdvanced: true,
    isShown: ({ incoming }) => incoming.encryption !== EncryptionMode.NONE,
    control: {
      kind: 'pem',
      read: ({ incoming }) => incoming.caCertificate ?? '',
      write: ({ incoming }, value) => (incoming.caCertificate = value === '' ? null : value),
    },
  },
} satisfies Record<keyof IncomingSettingsInput, FieldDescriptor>

export interface PlacedField {
  /** As the API names it, such as "outgoing.port". */
  readonly path: string
  readonly field: FieldDescriptor
}
type FieldTable = Readonly<Record<string, FieldDescriptor>>

function place(prefix: string, table: FieldTable): readonly PlacedField[] {
  return Object.entries(table).map(([name, field]) => ({ path: `${prefix}${name}`, field }))
}

/** Every field with its path, in the order of the screen. */
export const FIELD_GROUPS = {
  general: place('', generalFields),
  outgoing: place('outgoing.', outgoingFields),
  incoming: place('incoming.', incomingFields),
} as const

export const ALL_FIELDS: readonly PlacedField[] = Object.values(FIELD_GROUPS).flat()

/** The id of a field's control, for labels, links and focus. */
export function fieldId(path: string): string {
  return `field-${path.replace('.', '-')}`
}
