import { DefaultApolloClient } from '@vue/apollo-composable'
import { createApp } from 'vue'
import App from './App.vue'
import { apolloClient } from './apollo.js'
import { currentLanguage, i18n } from './i18n/i18n.js'
import { router } from './router.js'
import './ui/style.css'
import { followTheme } from './ui/useTheme.js'

followTheme()
document.documentElement.lang = currentLanguage()
createApp(App).use(i18n).use(router).provide(DefaultApolloClient, apolloClient).mount('#app')
