import { MAILBOX_MAX_LENGTH, OAUTH_URL_MAX_LENGTH } from '@mailroom/shared'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { Session } from '../auth/session.entity.js'
import { SecretColumn } from '../secret/secret-column.js'
import { OAuthProvider } from './oauth-provider.entity.js'

/**
 * A sign-in at a provider that was begun and has not come back. Used once, by the session that began
 * it, within ten minutes; it ends with the session.
 */
@Entity('oauth_sign_in')
export class OAuthSignIn {
  /** SHA-256 of `state` (RFC 6749 section 10.12), which the browser carries. */
  @PrimaryColumn({ type: 'bytea' })
  stateHash!: Buffer

  @Index('oauth_sign_in_session')
  @Column({ type: 'bytea' })
  sessionHash!: Buffer

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_hash', foreignKeyConstraintName: 'oauth_sign_in_session_fk' })
  session!: Session

  @Index('oauth_sign_in_provider')
  @Column({ type: 'uuid' })
  providerId!: string

  @ManyToOne(() => OAuthProvider, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'provider_id', foreignKeyConstraintName: 'oauth_sign_in_provider_fk' })
  provider!: OAuthProvider

  @Column({ type: 'varchar', length: MAILBOX_MAX_LENGTH })
  mailbox!: string

  /** Must come back in the ID token, where there is one (OpenID Connect Core section 3.1.2.1). */
  @Column({ type: 'varchar', length: 100 })
  nonce!: string

  /** The PKCE verifier (RFC 7636), sealed. */
  @SecretColumn()
  verifier!: Buffer

  /** The token endpoint must be told the same as the authorisation endpoint was. */
  @Column({ type: 'varchar', length: OAUTH_URL_MAX_LENGTH })
  redirectUri!: string

  @Index('oauth_sign_in_expires_at')
  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt!: Date
}
