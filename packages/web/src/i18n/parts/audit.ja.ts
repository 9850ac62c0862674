import type { Widened } from '../widened.js'

export const words = {
  audit: {
    title: '操作の記録',
  },
}

export type AuditWords = Widened<typeof words>
