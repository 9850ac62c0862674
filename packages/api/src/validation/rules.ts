import {
  FINGERPRINT_PATTERN,
  FieldRule,
  isBlank,
  OAUTH_TENANT_PATTERN,
  isHost,
  isPlainText,
  isProviderUrl,
  normaliseHost,
  parseEmail,
  textLength,
} from '@mailroom/shared'
import { ValidateBy, type ValidationArguments } from 'class-validator'
import { X509Certificate } from 'node:crypto'

/**
 * Our class-validator decorators. Each is named by its {@link FieldRule} and has the rule's limit as
 * its "message": the words are chosen later, in the caller's language.
 */
function rule(
  name: FieldRule,
  validate: (value: unknown, object: object) => boolean,
  limit?: number,
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown, args?: ValidationArguments) => validate(value, args?.object ?? {}),
      defaultMessage: () => (limit === undefined ? '' : String(limit)),
    },
  })
}

const isText = (value: unknown): value is string => typeof value === 'string'
const all =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) =>
    decorators.forEach((decorate) => decorate(target, key))

/** Something that can be seen. */
export const Required = () => rule(FieldRule.required, (v) => isText(v) && !isBlank(v))

/** At most `max` code points once trimmed. */
const TrimmedMaxLength = (max: number) =>
  rule(FieldRule.maxLength, (v) => isText(v) && textLength(v.trim()) <= max, max)

/** Required, at most `max` characters, nothing that cannot be stored or shown. */
export const RequiredText = (max: number) =>
  all(
    Required(),
    TrimmedMaxLength(max),
    rule(FieldRule.plainText, (v) => isText(v) && isPlainText(v.trim())),
  )

/** At most `max` characters that can be stored and shown; may be empty or left out. */
export const OptionalText = (max: number) =>
  all(
    rule(FieldRule.maxLength, (v) => v == null || (isText(v) && textLength(v.trim()) <= max), max),
    rule(FieldRule.plainText, (v) => v == null || (isText(v) && isPlainText(v.trim()))),
  )

/** Text of several lines, at most `max` characters; nothing that cannot be stored. May be left out. */
export const LongText = (max: number) =>
  all(
    rule(FieldRule.maxLength, (v) => v == null || (isText(v) && textLength(v) <= max), max),
    rule(FieldRule.plainText, (v) => v == null || (isText(v) && isStorable(v))),
  )

const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed()

/** At most so many lines of text, each of at most `max` characters. May be left out. */
export const TextList = (count: number, max: number) => {
  const each = (holds: (text: string) => boolean) => (v: unknown) =>
    v == null || (Array.isArray(v) && v.every((text) => isText(text) && holds(text.trim())))
  return all(
    rule(FieldRule.tooMany, (v) => v == null || (Array.isArray(v) && v.length <= count), count),
    rule(
      FieldRule.maxLength,
      each((text) => textLength(text) <= max),
      max,
    ),
    rule(FieldRule.plainText, each(isPlainText)),
  )
}

/** The address of an OAuth provider's metadata; empty where there is none. */
export const ProviderUrl = (max: number) =>
  all(
    OptionalText(max),
    rule(
      FieldRule.providerUrl,
      (v) =>
        v == null ||
        (isText(v) && (v.trim() === '' || (isProviderUrl(v.trim()) && URL.canParse(v.trim())))),
    ),
  )

/** A tenant's id or domain, which becomes part of an address; empty where there is none. */
export const Tenant = (max: number) =>
  all(
    OptionalText(max),
    rule(
      FieldRule.type,
      (v) => v == null || (isText(v) && (v.trim() === '' || OAUTH_TENANT_PATTERN.test(v.trim()))),
    ),
  )

/** An id as PostgreSQL's uuid takes it; null where nothing is referred to. */
export const Reference = (name: FieldRule) =>
  rule(name, (v) => v == null || (isText(v) && UUID.test(v)))

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether an id can be one of ours at all. */
export const isUuid = (text: string): boolean => UUID.test(text)

/** A host name or an address; an empty one is "required" and nothing more. */
export const Host = (max: number) =>
  all(
    Required(),
    TrimmedMaxLength(max),
    rule(
      FieldRule.host,
      (v) =>
        isText(v) && (v.trim() === '' || textLength(v.trim()) > max || isHost(normaliseHost(v))),
    ),
  )

/** One e-mail address; an empty one is "required" and nothing more. */
export const EmailAddress = () =>
  all(
    Required(),
    rule(FieldRule.email, (v) => isText(v) && (v.trim() === '' || parseEmail(v) !== undefined)),
  )

/** A whole number from `min` to `max`. */
export const Between = (min: number, max: number) =>
  all(
    rule(FieldRule.min, (v) => typeof v === 'number' && v >= min, min),
    rule(FieldRule.max, (v) => typeof v === 'number' && v <= max, max),
  )

/** A whole number from `min` to `max`; null where there is none. */
export const OptionalBetween = (min: number, max: number) =>
  all(
    rule(FieldRule.min, (v) => v == null || (typeof v === 'number' && v >= min), min),
    rule(FieldRule.max, (v) => v == null || (typeof v === 'number' && v <= max), max),
  )

/** The SHA-256 of a certificate as 64 hex digits, colons and case aside; null where none is pinned. */
export const Fingerprint = () =>
  rule(
    FieldRule.fingerprint,
    (v) =>
      v === null ||
      v === undefined ||
      (isText(v) && FINGERPRINT_PATTERN.test(normaliseFingerprint(v))),
  )

/** How a fingerprint is kept: lower case, without the colons and spaces that tools print. */
export function normaliseFingerprint(text: string): string {
  return text.replace(/[:\s]/g, '').toLowerCase()
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/** One or more certificates in PEM; null where there is none. A private key among them is refused. */
export const CertificatePem = (max: number) =>
  all(
    rule(FieldRule.maxLength, (v) => v == null || (isText(v) && textLength(v) <= max), max),
    rule(
      FieldRule.certificate,
      (v) => v == null || (isText(v) && (v.trim() === '' || isCertificatePem(v))),
    ),
  )

function isCertificatePem(text: string): boolean {
  const blocks = text.match(PEM_CERTIFICATE) ?? []
  if (blocks.length === 0 || text.replaceAll(PEM_CERTIFICATE, '').includes('-----BEGIN'))
    return false
  try {
    return blocks.every((block) => new X509Certificate(block).fingerprint256 !== '')
  } catch {
    return false
  }
}

/** A secret: any characters, length bounded in code points, never trimmed. */
export const SecretLength = (min: number, max: number) =>
  all(
    rule(FieldRule.minLength, (v) => v == null || (isText(v) && textLength(v) >= min), min),
    rule(FieldRule.maxLength, (v) => v == null || (isText(v) && textLength(v) <= max), max),
  )

/** A rule that looks at the other fields of its object. */
export const Consistent = <T extends object>(
  name: FieldRule,
  guard: (object: object) => object is T,
  holds: (object: T) => boolean,
) => rule(name, (_value, object) => !guard(object) || holds(object))
