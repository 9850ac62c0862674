/** Where a message is answered: the page to write mail on finds out the rest by these. */
export function answersTo(id: string) {
  const path = '/mail/compose'
  return {
    reply: { path, query: { reply: id } },
    replyAll: { path, query: { reply: id, all: '1' } },
    forward: { path, query: { forward: id } },
  }
}
