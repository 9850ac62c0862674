import type { SanitisedHtml } from './safe-html.ts'
import type { ParsedMessage } from './parsed-message.ts'

/** What the thread is asked, with a copy of the source that is its own. */
export type ParseJob =
  | { readonly kind: 'message'; readonly source: Uint8Array }
  | { readonly kind: 'attachment'; readonly source: Uint8Array; readonly position: number }
  | {
      readonly kind: 'html'
      readonly html: string
      /** Whose pictures it may show; null: none. */
      readonly source: Uint8Array | null
      readonly showsRemote: boolean
    }

/** What it answers; `ready` once, when it has started. */
export type ParseReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'message'; readonly message: ParsedMessage }
  | { readonly kind: 'attachment'; readonly content: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'html'; readonly html: SanitisedHtml }
  | { readonly kind: 'failed'; readonly detail: string }
