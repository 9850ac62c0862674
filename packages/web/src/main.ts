import { DefaultApolloClient } from '@vue/apollo-composable'
import { createApp } from 'vue'
import App from './App.vue'
import { apolloClient, loadSockets } from './apollo.js'
import { i18n, startLanguage } from './i18n/i18n.js'
import { router } from './router.js'
import './ui/style.css'
import { followTheme } from './ui/useTheme.js'

followTheme()
// The words and, by the router, the page and the session are fetched at the same time.
const words = startLanguage()
const app = createApp(App).use(i18n).use(router).provide(DefaultApolloClient, apolloClient)
await words
app.mount('#app')
// What fails here is fetched when it is needed.
loadSockets().catch(() => undefined)
