import type { TestClient } from './api.js'

/** What an import would do, as the tests read it. */
export interface Preview {
  rows: {
    row: number
    code: string
    outcome: string
    about: string
    changes: {
      field: string
      label: string
      old: string | null
      new: string | null
      isSecret: boolean
      isRemoved: boolean
    }[]
    refusals: {
      field: string | null
      label: string | null
      column: number | null
      rule: string
      message: string
    }[]
  }[]
  addCount: number
  changeCount: number
  sameCount: number
  refusedCount: number
  encoding: string
  hasHeading: boolean
  ignoredColumns: string[]
  digest: string
}

/** What one kind of thing is imported and exported by. */
interface Transfer {
  readonly preview: string
  readonly import: string
  readonly path: string
}

const PREVIEW_FIELDS = `rows { row code outcome about
    changes { field label old new isSecret isRemoved } refusals { field label column rule message } }
  addCount changeCount sameCount refusedCount encoding hasHeading ignoredColumns digest`

const transferOf = (preview: string, importing: string, path: string): Transfer => ({
  preview: `mutation ($file: String!) { answer: ${preview}(file: $file) { ${PREVIEW_FIELDS} } }`,
  import: `mutation ($file: String!, $digest: String) { answer: ${importing}(file: $file, digest: $digest) { added changed unchanged } }`,
  path,
})

export const MAIL_SERVERS = transferOf(
  'previewMailServerImport',
  'importMailServers',
  '/transfer/mail-servers.csv',
)
export const MAIL_ACCOUNTS = transferOf(
  'previewMailAccountImport',
  'importMailAccounts',
  '/transfer/mail-accounts.csv',
)

export const base64 = (file: string | Buffer) => Buffer.from(file).toString('base64')

export async function preview(
  api: TestClient,
  of: Transfer,
  file: string | Buffer,
): Promise<Preview> {
  return (await api.ask<{ answer: Preview }>(of.preview, { file: base64(file) })).answer
}

/** Imports a file, with the digest of a preview where one is given. */
export async function importFile(
  api: TestClient,
  of: Transfer,
  file: string | Buffer,
  digest?: string,
): Promise<{ added: number; changed: number; unchanged: number }> {
  const variables = { file: base64(file), ...(digest === undefined ? {} : { digest }) }
  return (
    await api.ask<{ answer: { added: number; changed: number; unchanged: number } }>(
      of.import,
      variables,
    )
  ).answer
}

/** The error of an import that must fail. */
export async function failImport(
  api: TestClient,
  of: Transfer,
  file: string | Buffer,
  digest?: string,
) {
  return api.fail(of.import, {
    file: base64(file),
    ...(digest === undefined ? {} : { digest }),
  })
}

/** A download as it comes over the wire. */
export async function download(
  api: TestClient,
  of: Transfer,
): Promise<{ status: number; headers: Pick<Headers, 'get'>; bytes: Buffer }> {
  const response = await fetch(api.url + of.path, {
    headers: {
      'accept-language': api.language,
      ...(api.cookie === undefined ? {} : { cookie: api.cookie }),
    },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, bytes }
}
