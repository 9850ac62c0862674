/** Where a message's bytes are downloaded; http/serve-messages.ts answers there. */
export const MESSAGE_SOURCE_ROUTE = '/messages/:id/source'
export const ATTACHMENT_ROUTE = '/messages/:id/attachments/:position'

export const sourceUrl = (messageId: string) => `/messages/${messageId}/source`
export const attachmentUrl = (messageId: string, position: number) =>
  `/messages/${messageId}/attachments/${position}`
