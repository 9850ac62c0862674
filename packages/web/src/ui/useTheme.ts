import { usePreferredDark, useStorage } from '@vueuse/core'
import { watchEffect } from 'vue'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const stored = useStorage<string>('mailroom.theme', 'system', undefined, { writeDefaults: false })
const prefersDark = usePreferredDark()

/** Light, dark or the system's; public/theme.js applies the same before the first paint. */
export function useTheme() {
  const theme = stored
  const setTheme = (next: Theme) => (stored.value = next)
  return { theme, setTheme }
}

/** Keeps the page's theme in step with the choice and the system. */
export function followTheme(): void {
  watchEffect(() => {
    const isDark = stored.value === 'dark' || (stored.value !== 'light' && prefersDark.value)
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light'
  })
}
