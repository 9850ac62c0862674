import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** What a browser may have to load, gzipped, before any one page can be used, words included. */
const PAGE_BUDGET_BYTES = 200_000
/** One of these is loaded before every page. */
const LANGUAGE = /\/i18n\/(?:ja|en)\.ts$/
/** At most one of these more comes with a page. */
const PART = /\/i18n\/parts\/\w+\.(?:ja|en)\.ts$/

interface Loaded {
  readonly js: Set<string>
  readonly css: Set<string>
}

/** Fails the build when the entry with any one lazily loaded page outgrows the budget. */
export function sizeBudget(): Plugin {
  return {
    name: 'size-budget',
    apply: 'build',
    enforce: 'post',
    writeBundle(_options, bundle) {
      const gzipped = (name: string) => {
        const file = bundle[name]
        if (file === undefined) return 0
        return gzipSync(file.type === 'chunk' ? file.code : file.source).length
      }
      const collect = (name: string, loaded: Loaded) => {
        const chunk = bundle[name]
        if (chunk?.type !== 'chunk' || loaded.js.has(name)) return
        loaded.js.add(name)
        for (const style of chunk.viteMetadata?.importedCss ?? []) loaded.css.add(style)
        for (const imported of chunk.imports) collect(imported, loaded)
      }
      const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry)
      if (entry?.type !== 'chunk') throw new Error('the build has no entry')
      const dynamicImportsOf = (name: string) => {
        const file = bundle[name]
        return file?.type === 'chunk' ? file.dynamicImports : []
      }
      const comesFrom = (name: string, module: RegExp) => {
        const file = bundle[name]
        return file?.type === 'chunk' && module.test(file.facadeModuleId ?? '')
      }
      const isLanguage = (name: string) => comesFrom(name, LANGUAGE)
      const start: Loaded = { js: new Set(), css: new Set() }
      collect(entry.fileName, start)
      const later = new Set([...start.js].flatMap(dynamicImportsOf))
      const languages = [...later].filter(isLanguage)
      if (languages.length === 0) throw new Error('no language is loaded apart')
      const parts = [...later].filter((name) => comesFrom(name, PART))
      const words = Math.max(...languages.map(gzipped)) + Math.max(0, ...parts.map(gzipped))
      const pages = [...later]
        .filter((name) => !parts.includes(name))
        .map((page) => {
          const loaded: Loaded = { js: new Set(start.js), css: new Set(start.css) }
          collect(page, loaded)
          const files = [...loaded.js, ...loaded.css].filter((name) => !isLanguage(name))
          const bytes = files.reduce((sum, name) => sum + gzipped(name), words)
          return { page, bytes }
        })
      const largest = pages.reduce((a, b) => (b.bytes > a.bytes ? b : a), { page: '', bytes: 0 })
      const summary = `${largest.page} with all it needs: ${Math.round(largest.bytes / 1_000)} kB gzip`
      if (largest.bytes > PAGE_BUDGET_BYTES) {
        this.error(`${summary}; the budget is ${PAGE_BUDGET_BYTES / 1_000} kB`)
      }
      this.info(`largest page: ${summary}`)
    },
  }
}
