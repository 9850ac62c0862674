import { ATTACHMENT_ROUTE, MESSAGE_SOURCE_ROUTE } from '../message/message-urls.js'
import {
  EXPORT_PATHS,
  OAUTH_CALLBACK_PATH,
  OIDC_CALLBACK_PATH,
  UPLOADS_PATH,
} from '@mailroom/shared'

/**
 * Every path that is answered here and not by the console's files. A web server in front passes on
 * all of them (docker/nginx.conf).
 */
export const ROUTES = {
  graphql: '/graphql',
  health: '/healthz',
  readiness: '/readyz',
  oauthCallback: OAUTH_CALLBACK_PATH,
  oidcCallback: OIDC_CALLBACK_PATH,
  mailServersExport: EXPORT_PATHS.mailServers,
  mailAccountsExport: EXPORT_PATHS.mailAccounts,
  messageSource: MESSAGE_SOURCE_ROUTE,
  attachment: ATTACHMENT_ROUTE,
  uploads: UPLOADS_PATH,
} as const
