import { codeKey } from '@mailroom/shared'
import { IncomingSettings } from '../mail-server/incoming-settings.js'
import type { MailServer } from '../mail-server/mail-server.entity.js'
import { MailServerInput } from '../mail-server/mail-server.input.js'
import type { MailServerSettings } from '../mail-server/mail-server-settings.js'
import { normaliseSettings } from '../mail-server/normalise-settings.js'
import { OutgoingSettings } from '../mail-server/outgoing-settings.js'
import { MAIL_SERVER_COLUMNS, type KnownProviders } from './mail-server-columns.js'
import type { Importable } from './plan-import.js'

/** How mail servers are imported. */
export const MAIL_SERVER_IMPORTABLE: Importable<MailServerSettings, MailServer, KnownProviders> = {
  columns: MAIL_SERVER_COLUMNS,
  keyOf: codeKey,
  draftOf: (stored) =>
    Object.assign(new MailServerInput(), {
      code: stored?.code,
      name: stored?.name,
      oauthProviderId: stored?.oauthProviderId,
      outgoing: Object.assign(new OutgoingSettings(), stored?.outgoing),
      incoming: Object.assign(new IncomingSettings(), stored?.incoming),
    }),
  settle: normaliseSettings,
  describe: ({ name, outgoing, incoming }) =>
    `${name} · ${outgoing.host}:${outgoing.port} · ${incoming.host}:${incoming.port}`,
}
