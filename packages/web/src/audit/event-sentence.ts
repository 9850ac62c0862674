import {
  ActorKind,
  AuditAction,
  AuditSubject,
  OIDC_PROBLEM_FIELD,
  OidcProblem,
} from '@mailroom/shared'
import type { AuditEventItemFragment } from '../generated/graphql.js'
import type { MessageKey, Translate } from '../i18n/useText.js'

/** A part of a sentence: words, or the place of whom or what it tells of, which may be a link. */
export interface SentencePiece {
  readonly text: string
  readonly is: 'words' | 'who' | 'name'
}

/** Of the private use area: nobody types them, and none is in a text. */
const OPEN = '\ue000'
const CLOSE = '\ue001'
const GAP = new RegExp(`${OPEN}(who|name)${CLOSE}`)

/** An event as a sentence. */
export function eventSentence(
  event: AuditEventItemFragment,
  t: Translate,
  dateTime: (instant: string) => string,
): SentencePiece[] {
  const { action, subject, subjectName, restoredVersionAt } = event
  const reason = reasonOf(event)
  const sentence = t(sentenceKey(event), {
    who: `${OPEN}who${CLOSE}`,
    name: `${OPEN}name${CLOSE}`,
    subject: t(`audit.subjects.${subject}`),
    at: restoredVersionAt == null ? '' : dateTime(restoredVersionAt),
    reason: reason === undefined ? '' : t(`audit.oidcProblems.${reason}`),
    seconds: action === AuditAction.SIGN_IN_FAILED ? (waitOf(event) ?? '') : '',
  })
  const parts: Record<string, SentencePiece> = {
    who: { is: 'who', text: actorWords(event, t) },
    name: { is: 'name', text: subjectName },
  }
  // Split by a group: every other piece is the name of a gap.
  return sentence
    .split(GAP)
    .map((text, index): SentencePiece => {
      const gap = index % 2 === 1 ? parts[text] : undefined
      return gap ?? { is: 'words', text }
    })
    .filter(({ text }) => text !== '')
}

/** The whole sentence, for what is read out. */
export const sentenceText = (pieces: readonly SentencePiece[]) =>
  pieces.map(({ text }) => text).join('')

/** Who did it. */
export function actorWords(
  { actorKind, actorName }: Pick<AuditEventItemFragment, 'actorKind' | 'actorName'>,
  t: Translate,
): string {
  if (actorKind === ActorKind.USER) return actorName
  return t(`audit.who.${actorKind}`, { name: actorName })
}

function sentenceKey(event: AuditEventItemFragment): MessageKey {
  const { action, subject, subjectName, restoredVersionAt } = event
  const isNamed = subjectName !== ''
  switch (action) {
    case AuditAction.SIGN_IN_FAILED: {
      if (waitOf(event) !== undefined) {
        return isNamed ? 'audit.sentences.limited' : 'audit.sentences.limitedUnknown'
      }
      if (reasonOf(event) !== undefined) {
        return isNamed
          ? 'audit.sentences.failedAtProvider'
          : 'audit.sentences.failedAtProviderUnknown'
      }
      return isNamed ? 'audit.sentences.failed' : 'audit.sentences.failedUnknown'
    }
    case AuditAction.SIGN_IN:
    case AuditAction.SIGN_OUT:
    case AuditAction.REORDER:
      return `audit.sentences.${action}`
    case AuditAction.UPDATE:
      if (restoredVersionAt != null) return 'audit.sentences.putBack'
      if (hasEnded(event)) return 'audit.sentences.grantEnded'
      break
    case AuditAction.CREATE:
    case AuditAction.DELETE:
    case AuditAction.RESTORE:
    case AuditAction.DIAGNOSE:
    case AuditAction.SEND:
    case AuditAction.SEND_AGAIN:
    case AuditAction.CANCEL_SENDING:
    case AuditAction.CONFIRM_SENT:
      break
  }
  return isNamed && subject !== AuditSubject.SETTINGS
    ? `audit.sentences.${action}`
    : `audit.sentences.${action}_NAMELESS`
}

const waitOf = ({ changes }: AuditEventItemFragment) =>
  changes.find(({ field }) => field === 'retryAfterSeconds')?.new ?? undefined

/** Why a sign-in at the provider failed; undefined where it was none there. */
const reasonOf = ({ changes }: AuditEventItemFragment) =>
  Object.values(OidcProblem).find((problem) =>
    changes.some(({ field, new: now }) => field === OIDC_PROBLEM_FIELD && now === problem),
  )

const hasEnded = ({ subject, changes }: AuditEventItemFragment) =>
  subject === AuditSubject.OAUTH_GRANT &&
  changes.some(({ field, new: now }) => field === 'state' && now === 'ENDED')
