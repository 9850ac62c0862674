import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

// Vite would take graphql's ESM build for our files while the libraries take its CommonJS one;
// graphql-js refuses two copies of itself. Node itself gives everyone the CommonJS one.
const graphql = createRequire(import.meta.url).resolve('graphql')
const alias = [{ find: /^graphql$/, replacement: graphql }]

const project = (
  name: string,
  include: string[],
  { needsDatabase = true, isolate = true } = {},
) => ({
  resolve: { alias },
  test: {
    name,
    include,
    isolate,
    testTimeout: 180_000,
    // A busy machine is no failure: what must happen soon is waited for.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 120_000,
    globalSetup: needsDatabase ? ['test/support/global-setup.ts'] : [],
  },
})

export default defineConfig({
  test: {
    projects: [
      // Nothing there keeps anything from file to file; loading all of it anew was a third of the time.
      project('unit', ['src/**/*.test.ts'], { needsDatabase: false, isolate: false }),
      project('integration', ['test/integration/**/*.test.ts'], { isolate: false }),
      project('torture', ['test/torture/**/*.test.ts'], { isolate: false }),
      project('peers', ['test/peers/**/*.test.ts'], { isolate: false }),
    ],
  },
})
