import { defineConfig } from '@playwright/test'

/** Debian's Chromium, as root, without anything that calls home by itself. */
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export default defineConfig({
  testMatch: '*.e2e.ts',
  // One product, one list of servers: stories share it and stand in line.
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  globalSetup: './stack.ts',
  outputDir: './test-results',
  use: {
    locale: 'ja-JP',
    launchOptions: {
      executablePath: process.env['MAILROOM_CHROMIUM'] ?? '/usr/bin/chromium',
      args: CHROMIUM_ARGS,
    },
    screenshot: 'only-on-failure',
  },
})
