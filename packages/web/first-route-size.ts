import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

interface Options {
  /** The component of the first page, as its path ends. */
  readonly page: string
  readonly limitBytes: number
}

/** Fails the build where the first page would load more script and style, compressed, than it may. */
export function firstRouteSize({ page, limitBytes }: Options): Plugin {
  return {
    name: 'first-route-size',
    apply: 'build',
    generateBundle(_options, bundle) {
      const outputs = Object.values(bundle)
      const chunks = new Map(
        outputs.flatMap((each) => (each.type === 'chunk' ? [[each.fileName, each] as const] : [])),
      )
      const reached = new Set<string>()
      const visit = (name: string): void => {
        if (reached.has(name)) return
        reached.add(name)
        chunks.get(name)?.imports.forEach(visit)
      }
      for (const chunk of chunks.values()) {
        if (chunk.isEntry || chunk.facadeModuleId?.endsWith(page)) visit(chunk.fileName)
      }
      const parts = outputs.flatMap((each) => {
        if (each.type === 'chunk') return reached.has(each.fileName) ? [each.code] : []
        return each.fileName.endsWith('.css') ? [each.source] : []
      })
      const bytes = parts.reduce((sum, part) => sum + gzipSync(part).length, 0)
      const words = `first route: ${Math.round(bytes / 1_000)} kB of ${limitBytes / 1_000} kB`
      if (bytes > limitBytes) this.error(words)
      this.info(words)
    },
  }
}
