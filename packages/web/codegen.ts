import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: '../api/schema.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    'src/generated/graphql.ts': {
      plugins: [
        {
          add: {
            content:
              '// Made by `pnpm generate` from packages/api/schema.graphql and the .graphql files beside the components.',
          },
        },
        'typescript-operations',
        'typed-document-node',
      ],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        skipTypename: true,
        dedupeFragments: true,
        documentNodeImport: '@apollo/client/core#TypedDocumentNode',
        scalars: { DateTime: 'string', ID: 'string' },
      },
    },
  },
}

export default config
