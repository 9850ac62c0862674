import { DiagnosisDepth } from '@mailroom/shared'

/** How far a diagnosis goes, and the address that it sends from and to. */
export interface DepthTest {
  readonly depth: DiagnosisDepth
  readonly address: string
}

export const SIGN_IN_ONLY: DepthTest = { depth: DiagnosisDepth.SIGN_IN, address: '' }
