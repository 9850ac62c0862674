/** A field in which two versions differ, where somebody else saved first. */
export interface ConflictRow {
  readonly path: string
  /** Tells labels apart that stand in several groups. */
  readonly group?: string
  readonly label: string
  /** Both versions in words. */
  readonly mine: string
  readonly theirs: string
  /** What is likely wanted. */
  readonly likely: 'mine' | 'theirs'
}
