import { later } from '../ui/later.js'

/** What a search finds, with the words of every problem. */
export const discoveryResults = later(() => import('./DiscoveryResults.vue'))
