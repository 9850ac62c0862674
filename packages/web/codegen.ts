import type { CodegenConfig } from '@graphql-codegen/cli'

/** Documents of one file are loaded together: those of the mail screens only with them. */
const MAIL_SCREENS = 'src/{mailbox,compose}/**/*.graphql'

const plugins = [
  {
    add: {
      content:
        '// Made by `pnpm generate` from packages/api/schema.graphql and the .graphql files beside the components.',
    },
  },
  'typescript-operations',
  'typed-document-node',
]
const options = {
  enumsAsTypes: true,
  useTypeImports: true,
  strictScalars: true,
  skipTypename: true,
  dedupeFragments: true,
  documentNodeImport: '@apollo/client/core#TypedDocumentNode',
  scalars: { DateTime: 'string', ID: 'string' },
}

const config: CodegenConfig = {
  schema: '../api/schema.graphql',
  generates: {
    'src/generated/graphql.ts': {
      documents: ['src/**/*.graphql', `!${MAIL_SCREENS}`],
      plugins,
      config: options,
    },
    'src/generated/mail.ts': { documents: MAIL_SCREENS, plugins, config: options },
  },
}

export default config
