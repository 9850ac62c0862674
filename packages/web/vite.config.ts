import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { sizeBudget } from './size-budget.js'

const API = 'http://127.0.0.1:4000'

export default defineConfig({
  plugins: [vue(), tailwindcss(), sizeBudget()],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
    'globalThis.__DEV__': 'false',
  },
  build: {
    target: 'es2022',
    // A data: URL would count as another source for the strict Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Icons that many pages share are a file, where each would be one of its own.
        codeSplitting: { groups: [{ name: 'icons', test: /@lucide/, minShareCount: 4 }] },
      },
    },
  },
  server: {
    proxy: {
      '/graphql': { target: API, ws: true },
      '/oauth/callback': API,
      '/sign-in/callback': API,
      '/transfer': API,
      '/messages': API,
    },
  },
})
