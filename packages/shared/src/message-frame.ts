/** The frame that a message's HTML is shown in: its document, and what may happen in it. */

/**
 * No `allow-scripts`: whatever else should fail, nothing in it runs. `allow-same-origin` lets the
 * console lay out the frame, print it and hear its links and keys; without scripts it lets the
 * message do nothing. Popups are for links where the console cannot hear them.
 */
export const MESSAGE_FRAME_SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox'

/** Files of the console (packages/web/public): `remote` once the reader has asked for remote images. */
export const MESSAGE_FRAME_PATHS = {
  closed: '/message-frame/closed.html',
  remote: '/message-frame/remote.html',
} as const
type FrameKind = keyof typeof MESSAGE_FRAME_PATHS

const IMAGES: Readonly<Record<FrameKind, string>> = { closed: 'data:', remote: 'data: https:' }

/** The policy as each file has it in itself, and with what only a header can say. */
export const messageFramePolicy = (kind: FrameKind) =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src ${IMAGES[kind]}; base-uri 'none'; form-action 'none'`
export const messageFrameHeader = (kind: FrameKind) =>
  `${messageFramePolicy(kind)}; frame-ancestors 'self'; sandbox ${MESSAGE_FRAME_SANDBOX}`
