import { ParseState } from '@mailroom/shared'
import { apolloClient } from '../apollo.js'
import {
  MessageParsingDocument,
  ParseMessageAgainDocument,
  type UnparsedMessageFragment,
} from '../generated/graphql.js'

const LOOK_MS = 1_000
/** A message may take half a minute, and others may be before it. */
const LOOKS_MAX = 45

/** Has a message read once more, and waits for what comes of it; PENDING where that takes too long. */
export async function parseAgain(id: string): Promise<UnparsedMessageFragment> {
  const { data } = await apolloClient.mutate({
    mutation: ParseMessageAgainDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
  if (!data) throw new Error('parseMessageAgain answered nothing')
  let message = data.parseMessageAgain
  for (let look = 0; look < LOOKS_MAX && message.parseState === ParseState.PENDING; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    message = (await fetchParsing(id)) ?? message
  }
  return message
}

async function fetchParsing(id: string): Promise<UnparsedMessageFragment | null> {
  const { data } = await apolloClient.query({
    query: MessageParsingDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
  return data.message
}
