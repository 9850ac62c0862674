import {
  DiagnosisDepth,
  DiagnosisOutcome,
  DiagnosisSide,
  DiagnosisStepKind,
  EncryptionMode,
  SmtpAuthMethod,
} from '@mailroom/shared'
import type {
  CertificatePartsFragment,
  DiagnosisStepPartsFragment,
  MailServerInput,
} from '../generated/graphql.js'

export type DiagnosisStep = DiagnosisStepPartsFragment

/** What was diagnosed, and how far that has come. */
export interface DiagnosisView {
  readonly input: MailServerInput
  /** How far it goes. */
  readonly depth: DiagnosisDepth
  /** In the order in which they ended. */
  readonly steps: readonly DiagnosisStep[]
  readonly isRunning: boolean
}

/** One line of a side: a step that has ended, is under way, is to come, or was never reached. */
export type StepRow =
  | { readonly kind: DiagnosisStepKind; readonly state: 'ended'; readonly step: DiagnosisStep }
  | { readonly kind: DiagnosisStepKind; readonly state: 'running' | 'waiting' | 'unreached' }

const KIND = DiagnosisStepKind

/** The steps that one side will have, in the order that its encryption needs. */
function plannedKinds(
  { input: { outgoing, incoming }, depth }: DiagnosisView,
  side: DiagnosisSide,
): readonly DiagnosisStepKind[] {
  const isOutgoing = side === DiagnosisSide.OUTGOING
  const { encryption } = isOutgoing ? outgoing : incoming
  const opening =
    encryption === EncryptionMode.TLS ? [KIND.GREETING, KIND.TLS] : [KIND.TLS, KIND.GREETING]
  const mailbox = isOutgoing ? [] : [KIND.MAILBOX]
  const signIn = [KIND.CAPABILITIES, KIND.AUTHENTICATE, ...mailbox]
  return [KIND.RESOLVE, KIND.CONNECT, ...opening, ...signIn, ...beyondSignIn(depth, isOutgoing)]
}

function beyondSignIn(depth: DiagnosisDepth, isOutgoing: boolean): DiagnosisStepKind[] {
  if (depth === DiagnosisDepth.SIGN_IN) return []
  const envelope = isOutgoing ? [KIND.ENVELOPE] : []
  if (depth === DiagnosisDepth.ENVELOPE) return envelope
  return isOutgoing ? [...envelope, KIND.SEND] : [KIND.RECEIVE]
}

type Found = Pick<DiagnosisView, 'steps'>

export function stepsOf({ steps }: Found, side: DiagnosisSide): readonly DiagnosisStep[] {
  return steps.filter((step) => step.side === side)
}

/** One side's lines: all that is planned from the start, so that nothing jumps, and whatever else arrives. */
export function rowsOf(view: DiagnosisView, side: DiagnosisSide): readonly StepRow[] {
  const ended = new Map(stepsOf(view, side).map((step) => [step.kind, step]))
  const kinds = [...new Set([...plannedKinds(view, side), ...ended.keys()])]
  let isNext = view.isRunning && !waitsForOtherSide(view, side)
  return kinds.map((kind) => {
    const step = ended.get(kind)
    if (step !== undefined) return { kind, state: 'ended', step }
    const isUnderWay = isNext
    isNext = false
    if (isUnderWay) return { kind, state: 'running' }
    return { kind, state: view.isRunning ? 'waiting' : 'unreached' }
  })
}

/** POP before SMTP: sending waits until receiving has signed in. */
export function waitsForOtherSide(view: DiagnosisView, side: DiagnosisSide): boolean {
  return (
    side === DiagnosisSide.OUTGOING &&
    (view.input.outgoing.popBeforeSmtp ?? false) &&
    stepsOf(view, side).length === 0 &&
    !stepsOf(view, DiagnosisSide.INCOMING).some(({ kind }) => kind === KIND.AUTHENTICATE)
  )
}

/** Whether nothing more will come of a side. */
export function hasEnded(view: DiagnosisView, side: DiagnosisSide): boolean {
  return !view.isRunning || rowsOf(view, side).every(({ state }) => state === 'ended')
}

/** The worst that happened on one side; SKIPPED only where nothing was tried. */
export function sideOutcome(view: Found, side: DiagnosisSide): DiagnosisOutcome {
  const outcomes = stepsOf(view, side).map(({ outcome }) => outcome)
  const worstFirst = [DiagnosisOutcome.FAILED, DiagnosisOutcome.WARNING, DiagnosisOutcome.OK]
  return worstFirst.find((each) => outcomes.includes(each)) ?? DiagnosisOutcome.SKIPPED
}

/** Steps that a person should look at: what failed, and what worked with a warning. */
export function findingsOf(view: Found, side: DiagnosisSide): readonly DiagnosisStep[] {
  return stepsOf(view, side).filter(({ problem }) => problem !== null)
}

/** The certificate that a side has shown last. */
export function certificateOf(
  view: DiagnosisView,
  side: DiagnosisSide,
): CertificatePartsFragment | undefined {
  return (
    stepsOf(view, side).findLast(({ certificate }) => certificate !== null)?.certificate ??
    undefined
  )
}

/** What a side offers for signing in, as the server names it. */
export function authMethodsOf(view: DiagnosisView, side: DiagnosisSide): readonly string[] {
  return (
    stepsOf(view, side).findLast(({ authMethods }) => authMethods.length > 0)?.authMethods ?? []
  )
}

/** Whether a side went well and nobody has tried to sign in to it, for want of a name and a password. */
export function isSignInUntried(view: DiagnosisView, side: DiagnosisSide): boolean {
  const needsNone =
    side === DiagnosisSide.OUTGOING && view.input.outgoing.authMethod === SmtpAuthMethod.NONE
  const signIn = stepsOf(view, side).find(({ kind }) => kind === KIND.AUTHENTICATE)
  return (
    !needsNone &&
    signIn?.outcome === DiagnosisOutcome.SKIPPED &&
    sideOutcome(view, side) !== DiagnosisOutcome.FAILED
  )
}

/** The trusted fingerprint that a side was diagnosed with. */
export function pinnedOf({ input }: DiagnosisView, side: DiagnosisSide): string | undefined {
  const settings = side === DiagnosisSide.OUTGOING ? input.outgoing : input.incoming
  return settings.pinnedCertificate ?? undefined
}
