/** Every `extensions.code` that the API answers; each is worded by the console. */
export const ErrorCode = {
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  TOO_MANY_REQUESTS: 'TOO_MANY_REQUESTS',
  INTERNAL: 'INTERNAL',
} as const
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode]

/** Why one field was refused: `extensions.fields[].rule` of a BAD_USER_INPUT. */
export const FieldRule = {
  required: 'required',
  type: 'type',
  maxLength: 'maxLength',
  minLength: 'minLength',
  min: 'min',
  max: 'max',
  plainText: 'plainText',
  host: 'host',
  fingerprint: 'fingerprint',
  certificate: 'certificate',
  email: 'email',
  codeInUse: 'codeInUse',
  mailServer: 'mailServer',
  mailServerCode: 'mailServerCode',
  user: 'user',
  loginName: 'loginName',
  ownAccount: 'ownAccount',
  namedMailbox: 'namedMailbox',
  notAllowed: 'notAllowed',
  savedSettings: 'savedSettings',
  oauthGrant: 'oauthGrant',
  apopNeedsPop3: 'apopNeedsPop3',
  providerUrl: 'providerUrl',
  oauthFlow: 'oauthFlow',
  oauthProvider: 'oauthProvider',
  secretAgain: 'secretAgain',
  loginNameInUse: 'loginNameInUse',
  passwordWrong: 'passwordWrong',
  unknown: 'unknown',
  tooMany: 'tooMany',
  choice: 'choice',
  wholeNumber: 'wholeNumber',
  repeatedCode: 'repeatedCode',
  surplusCells: 'surplusCells',
  fileSize: 'fileSize',
  csvEncoding: 'csvEncoding',
  csvSyntax: 'csvSyntax',
  csvEmpty: 'csvEmpty',
  csvColumns: 'csvColumns',
  csvHeading: 'csvHeading',
  mailAccount: 'mailAccount',
  message: 'message',
  attachment: 'attachment',
  draft: 'draft',
  html: 'html',
} as const
export type FieldRule = (typeof FieldRule)[keyof typeof FieldRule]

/** One refused field; `path` is that of the input, such as "outgoing.port". */
export interface FieldError {
  path: string
  rule: FieldRule
  message: string
}

/** The languages that the product speaks; the first is the default. */
export const LANGUAGES = ['ja', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
