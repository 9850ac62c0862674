import { apolloClient } from '../apollo.js'
import { DeleteUploadDocument } from '../generated/mail.js'

/** Takes a file back off the server. One that stays all the same goes by itself after a day. */
export function dropUpload(id: string): void {
  void apolloClient
    .mutate({ mutation: DeleteUploadDocument, variables: { id } })
    .catch(() => undefined)
}
