import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** The client of the API keeps one socket for all: whoever looks at it has modules of their own. */
const WITH_SOCKETS = [
  'src/receiving/*.test.ts',
  'src/diagnosis/DiagnosisPanel.test.ts',
  'src/compose/SendingPanel.test.ts',
  'src/mailbox/ReadingPane.test.ts',
]

const project = (name: string, isolate: boolean, include: string[], exclude: string[] = []) => ({
  plugins: [vue()],
  test: {
    ...{ name, isolate, include, exclude },
    environment: 'happy-dom',
    setupFiles: ['src/test-setup.ts'],
    restoreMocks: true,
  },
})

export default defineConfig({
  test: {
    projects: [
      // Loading every module and a document anew for each file took most of the time.
      project('web', false, ['src/**/*.test.ts'], WITH_SOCKETS),
      project('web with sockets', true, WITH_SOCKETS),
    ],
  },
})
