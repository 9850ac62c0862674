// Runs before the first paint, so that a dark screen never flashes white. src/ui/useTheme.ts goes on from here.
;(function () {
  var root = document.documentElement
  var theme = null
  try {
    theme = localStorage.getItem('mailroom.theme')
    root.lang = localStorage.getItem('mailroom.language') || root.lang
  } catch {
    // Storage can be forbidden: the system's theme then holds.
  }
  var isDark =
    theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = isDark ? 'dark' : 'light'
  root.style.colorScheme = isDark ? 'dark' : 'light'
})()
