import 'reflect-metadata'
import pg from 'pg'
import { DataSource } from 'typeorm'
import { MailAccount } from '../account/account.entity.js'
import { AuditEvent } from '../audit/audit-event.entity.js'
import { ApiToken } from '../auth/api-token.entity.js'
import { Session } from '../auth/session.entity.js'
import { SetUpLink } from '../auth/set-up-link.entity.js'
import { User } from '../auth/user.entity.js'
import { MailboxCount } from '../message/mailbox-count.entity.js'
import { MessageSearch } from '../message/message-search.entity.js'
import { RemoteContentSender } from '../message/remote-content-sender.entity.js'
import { MailRemoval } from '../message/mail-removal.entity.js'
import { MessageAttachment } from '../message/message-attachment.entity.js'
import { MessageContent } from '../message/message-content.entity.js'
import { MessageSourcePart } from '../message/message-source-part.entity.js'
import { Message } from '../message/message.entity.js'
import { AccountReceiving } from '../receiving/account-receiving.entity.js'
import { ReceiveRun } from '../receiving/receive-run.entity.js'
import { ReceivedIdentity } from '../receiving/received-identity.entity.js'
import { UnreceivedMessage } from '../receiving/unreceived-message.entity.js'
import { MailServer } from '../mail-server/mail-server.entity.js'
import { OAuthGrant } from '../oauth/oauth-grant.entity.js'
import { OAuthProvider } from '../oauth/oauth-provider.entity.js'
import { OAuthSignIn } from '../oauth/oauth-sign-in.entity.js'
import { CancelledSendingKey } from '../sending/cancelled-sending-key.entity.js'
import { Draft } from '../sending/draft.entity.js'
import { SendingRecipient } from '../sending/sending-recipient.entity.js'
import { Sending } from '../sending/sending.entity.js'
import { UploadPart } from '../sending/upload-part.entity.js'
import { Upload } from '../sending/upload.entity.js'
import { SecretKeyCheck } from '../secret/secret-key-check.entity.js'
import { Settings } from '../settings/settings.entity.js'
import { migrations } from './migrations/index.js'
import { SnakeNaming } from './snake-naming.js'

/** Enough for a two-core server; a waiting request waits here rather than in PostgreSQL. */
const POOL_SIZE = 12

/** The database as TypeORM sees it. `url` is a postgres:// address. Nothing is opened yet. */
export function createDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    // TypeORM would look for it by name at run time, and find another one than ours (decision 26).
    driver: pg,
    url,
    entities: [
      SecretKeyCheck,
      AuditEvent,
      Settings,
      User,
      Session,
      ApiToken,
      SetUpLink,
      OAuthProvider,
      OAuthSignIn,
      OAuthGrant,
      MailServer,
      MailAccount,
      Message,
      MessageSourcePart,
      MessageContent,
      MessageAttachment,
      MessageSearch,
      MailboxCount,
      RemoteContentSender,
      MailRemoval,
      ReceivedIdentity,
      UnreceivedMessage,
      ReceiveRun,
      AccountReceiving,
      Sending,
      SendingRecipient,
      CancelledSendingKey,
      Draft,
      Upload,
      UploadPart,
    ],
    migrations,
    namingStrategy: new SnakeNaming(),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    applicationName: 'mailroom',
    poolSize: POOL_SIZE,
    extra: { connectionTimeoutMillis: 10_000, statement_timeout: 60_000 },
    // uuidv7() is PostgreSQL's own from 18 on; no extension is needed, so none is installed.
    installExtensions: false,
  })
}
