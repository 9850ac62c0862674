/** Which file may import which: imports point one way (ARCHITECTURE.md). */
const API = '^packages/api/src'
const DOMAINS = 'audit|auth|settings|oidc|oauth|mail-server|account|diagnosis|discovery|transfer'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no order in which to read it. Types alone may point both ways.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-imports-nothing',
      comment: 'packages/shared runs in browser and Node and stands below everything.',
      severity: 'error',
      from: { path: '^packages/shared/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/shared/src' },
    },
    {
      name: 'transport-knows-no-product',
      comment: 'transport/ could be published as a library.',
      severity: 'error',
      from: { path: `${API}/transport` },
      to: {
        path: [
          `${API}/(${DOMAINS}|db|graphql|http|app|main)`,
          'node_modules/(typeorm|type-graphql|graphql|pg)/',
        ],
      },
    },
    {
      name: 'parsing-knows-no-product',
      comment:
        'It runs in a thread that reads hostile mail: of ours it needs packages/shared only.',
      severity: 'error',
      from: { path: `${API}/parsing`, pathNot: '\\.test\\.ts$' },
      to: {
        path: [`${API}/(?!parsing/)`, 'node_modules/(typeorm|type-graphql|graphql|pg)/'],
      },
    },
    {
      name: 'mail-server-below-diagnosis',
      severity: 'error',
      from: { path: `${API}/mail-server` },
      to: { path: `${API}/(diagnosis|discovery|transport)` },
    },
    {
      name: 'diagnosis-below-discovery',
      comment: 'Finding settings tries them out by the steps of a diagnosis.',
      severity: 'error',
      from: { path: `${API}/diagnosis` },
      to: { path: `${API}/discovery` },
    },
    {
      name: 'account-below-diagnosis',
      comment: 'A diagnosis may use what an account stores; an account knows no diagnosis.',
      severity: 'error',
      from: { path: `${API}/account` },
      to: { path: `${API}/(diagnosis|discovery)` },
    },
    {
      name: 'mail-server-below-account',
      comment:
        'An account names its server; what a server shows of accounts comes from their side.',
      severity: 'error',
      from: { path: `${API}/mail-server` },
      to: { path: `${API}/account` },
    },
    {
      name: 'audit-below-the-domains',
      comment: 'Everybody tells it what was done; it knows nobody, but who may read it.',
      severity: 'error',
      from: { path: `${API}/audit` },
      to: {
        path: `${API}/(settings|oidc|oauth|mail-server|account|diagnosis|discovery|transport|auth/(?!access))`,
      },
    },
    {
      name: 'auth-below-the-domains',
      severity: 'error',
      from: { path: `${API}/auth` },
      to: { path: `${API}/(oidc|oauth|mail-server|account|diagnosis|discovery|transport)` },
    },
    {
      name: 'settings-below-the-domains',
      comment: 'Whoever decides by a setting asks for it; the settings know nobody who does.',
      severity: 'error',
      from: { path: `${API}/settings` },
      to: { path: `${API}/(oidc|oauth|mail-server|account|diagnosis|discovery|transport)` },
    },
    {
      name: 'oauth-below-mail-server',
      comment: 'A mail server names its provider; a provider knows no mail server.',
      severity: 'error',
      from: { path: `${API}/oauth` },
      to: { path: `${API}/(mail-server|diagnosis)` },
    },
    {
      name: 'secret-below-everything',
      comment: 'What encrypts knows nothing of what it encrypts.',
      severity: 'error',
      from: { path: `${API}/secret` },
      to: { path: `${API}/(${DOMAINS}|transport|graphql|http|app|main)` },
    },
    {
      name: 'transfer-above-the-domains',
      comment:
        'Files are read and written from what the domains offer; none of them knows of files.',
      severity: 'error',
      from: { path: `${API}/(${DOMAINS.replace('|transfer', '')})/` },
      to: { path: `${API}/transfer` },
    },
    {
      name: 'another-domain-by-its-door',
      comment: 'Across domains only what is meant for neighbours.',
      severity: 'error',
      from: { path: `${API}/(${DOMAINS})/` },
      to: {
        path: `${API}/(${DOMAINS})/`,
        pathNot: [
          `${API}/$1/`,
          '\\.(entity|service|errors|input|type)\\.ts$',
          '-(settings|enums)\\.ts$',
          '/(access|account-audit|account-scope|actor|caller|consequences|field-changes|record-audit|record-user|token|token-source)\\.ts$',
          '/diagnosis/side-diagnosis\\.ts$',
        ],
      },
    },
    {
      name: 'only-the-root-imports-resolvers',
      severity: 'error',
      from: { path: API, pathNot: [`${API}/app\\.ts$`, `${API}/graphql/build-schema\\.ts$`] },
      to: { path: '\\.resolver\\.ts$' },
    },
    {
      name: 'web-and-api-apart',
      comment: 'They speak GraphQL, and share packages/shared.',
      severity: 'error',
      from: { path: '^packages/web' },
      to: { path: '^packages/api' },
    },
    {
      name: 'api-and-web-apart',
      severity: 'error',
      from: { path: '^packages/api' },
      to: { path: '^packages/web' },
    },
    {
      name: 'web-ui-knows-no-domain',
      severity: 'error',
      from: { path: '^packages/web/src/ui' },
      to: {
        path: '^packages/web/src/(audit|auth|settings|oidc|oauth|mail-server|account|diagnosis|discovery|mailbox|receiving|transfer|generated)',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/generated/|\\.config\\.)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.vue'] },
  },
}
