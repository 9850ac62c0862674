import { IMPORT_FILE_MAX_MEGABYTES } from '@mailroom/shared'
import { Arg } from 'type-graphql'

/** The file of an import, as every operation takes it. */
export const FileArg = () =>
  Arg('file', () => String, {
    description: `A CSV file's bytes in base64: UTF-8 or Shift_JIS, at most ${IMPORT_FILE_MAX_MEGABYTES} MB (docs/import-export.md).`,
  })

/** What was confirmed of it. */
export const DigestArg = () =>
  Arg('digest', () => String, { nullable: true, description: "The confirmed preview's." })
