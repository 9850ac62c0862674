import type { AuditWords } from './audit.ja.js'

export const words: AuditWords = {
  audit: {
    title: 'Audit log',
  },
}
