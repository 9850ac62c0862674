/** What is kept of one message. The source stays whole; whatever is cut here sets `isCut`. */

/** Longer than the 998 bytes of a line (RFC 5322 2.1.1), since subjects may be folded. */
export const SUBJECT_MAX_LENGTH = 2_000
export const NAME_MAX_LENGTH = 500
/** 64 for the local part, 255 for the domain (RFC 5321 4.5.3.1), and the sign between them. */
export const ADDRESS_MAX_LENGTH = 320
/** In each of To, Cc and Reply-To. */
export const ADDRESSES_MAX = 1_000
export const MESSAGE_ID_MAX_LENGTH = 998
/** The nearest ones: References begins with the oldest. */
export const REFERENCES_MAX = 100
export const TEXT_MAX_BYTES = 2 * 1024 * 1024
export const HTML_MAX_BYTES = 2 * 1024 * 1024
export const ATTACHMENTS_MAX = 1_000
/** What file systems allow. */
export const FILENAME_MAX_LENGTH = 255
export const CONTENT_TYPE_MAX_LENGTH = 127
export const CONTENT_ID_MAX_LENGTH = 998

/** Of one header field before it is decoded: room for a thousand recipients with names. */
export const HEADER_FIELD_MAX_LENGTH = 256 * 1024
/** How often To or Cc may be repeated; the standard allows it once. */
export const HEADER_REPEATS_MAX = 20
/** Of one header; what is longer cannot be parsed. */
export const HEAD_MAX_BYTES = 16 * 1024 * 1024
/** Parts that are looked at; the rest of a message with more is cut. */
export const PARTS_MAX = 2_000
/** Deeper nested HTML adds no more to the text; the parser's work grows with the square of the depth. */
export const HTML_MAX_DEPTH = 1_000
/** Of the words that say why a message could not be parsed. */
export const DETAIL_MAX_LENGTH = 300
/** Deeper nested HTML is not shown: no message of a person is, and every browser's work grows with it. */
export const SAFE_HTML_MAX_DEPTH = 500
/** Of HTML made safe, pictures included. */
export const SAFE_HTML_MAX_LENGTH = 16 * 1024 * 1024
/** What making HTML safe may take; its text is shown then. */
export const SAFE_HTML_TIMEOUT_MS = 2_500
