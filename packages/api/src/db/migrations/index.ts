import { Initial1764000000000 } from './1764000000000-initial.js'
import { TrustAndOauth1764010000000 } from './1764010000000-trust-and-oauth.js'
import { RateLimit1764020000000 } from './1764020000000-rate-limit.js'
import { SecretsAndOauth1764030000000 } from './1764030000000-secrets-and-oauth.js'
import { Audit1764040000000 } from './1764040000000-audit.js'
import { MailAccount1764050000000 } from './1764050000000-mail-account.js'
import { People1764060000000 } from './1764060000000-people.js'
import { ApiToken1764070000000 } from './1764070000000-api-token.js'
import { Settings1764080000000 } from './1764080000000-settings.js'
import { AuditHistory1764085000000 } from './1764085000000-audit-history.js'
import { SecretRotation1764090000000 } from './1764090000000-secret-rotation.js'
import { Receiving1764100000000 } from './1764100000000-receiving.js'
import { SourceParts1764105000000 } from './1764105000000-source-parts.js'
import { MarkedIdentity1764107000000 } from './1764107000000-marked-identity.js'
import { RunAsker1764107100000 } from './1764107100000-run-asker.js'
import { Sending1764110000000 } from './1764110000000-sending.js'
import { Mailbox1764120000000 } from './1764120000000-mailbox.js'

/** In the order in which they run; append only. */
export const migrations = [
  Initial1764000000000,
  TrustAndOauth1764010000000,
  RateLimit1764020000000,
  SecretsAndOauth1764030000000,
  Audit1764040000000,
  MailAccount1764050000000,
  People1764060000000,
  ApiToken1764070000000,
  Settings1764080000000,
  AuditHistory1764085000000,
  SecretRotation1764090000000,
  Receiving1764100000000,
  SourceParts1764105000000,
  MarkedIdentity1764107000000,
  RunAsker1764107100000,
  Sending1764110000000,
  Mailbox1764120000000,
]
