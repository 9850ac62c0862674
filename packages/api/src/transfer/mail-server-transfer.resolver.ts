import { UserRole } from '@mailroom/shared'
import { Ctx, Mutation, Resolver } from 'type-graphql'
import { Access } from '../auth/access.js'
import type { RequestContext } from '../graphql/request-context.js'
import { DigestArg, FileArg } from './import-arguments.js'
import { ImportPreview, ImportResult } from './import-preview.type.js'
import type { MailServerTransferService } from './mail-server-transfer.service.js'

@Resolver()
export class MailServerTransferResolver {
  constructor(private readonly transfer: MailServerTransferService) {}

  @Access(UserRole.ADMIN)
  @Mutation(() => ImportPreview, {
    name: 'previewMailServerImport',
    description:
      'What importing a file would do, row by row; servers are matched by their codes. Changes nothing.',
  })
  preview(@FileArg() file: string, @Ctx() { language }: RequestContext): Promise<ImportPreview> {
    return this.transfer.preview(file, language)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => ImportResult, {
    name: 'importMailServers',
    description:
      'Adds and changes servers as a file says, all of it or nothing: servers that are not in it stay, new ones come last. With `digest`, a CONFLICT that changes nothing where the preview is no longer true.',
  })
  import(
    @FileArg() file: string,
    @DigestArg() digest: string | null,
    @Ctx() { actor }: RequestContext,
  ): Promise<ImportResult> {
    return this.transfer.import(actor, file, digest ?? undefined)
  }
}
