import { UserRole } from '@mailroom/shared'
import { Ctx, Mutation, Resolver } from 'type-graphql'
import { Access } from '../auth/access.js'
import type { RequestContext } from '../graphql/request-context.js'
import type { AccountTransferService } from './account-transfer.service.js'
import { DigestArg, FileArg } from './import-arguments.js'
import { ImportPreview, ImportResult } from './import-preview.type.js'

@Resolver()
export class AccountTransferResolver {
  constructor(private readonly transfer: AccountTransferService) {}

  @Access(UserRole.ADMIN)
  @Mutation(() => ImportPreview, {
    name: 'previewMailAccountImport',
    description:
      'What importing a file of accounts would do, row by row; accounts are matched by their codes, people by their login names. Changes nothing, and shows no password.',
  })
  preview(@FileArg() file: string, @Ctx() { language }: RequestContext): Promise<ImportPreview> {
    return this.transfer.preview(file, language)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => ImportResult, {
    name: 'importMailAccounts',
    description:
      'Adds and changes accounts as a file says, all of it or nothing: accounts that are not in it stay, and so do passwords that are not in it. With `digest`, a CONFLICT that changes nothing where the preview is no longer true.',
  })
  import(
    @FileArg() file: string,
    @DigestArg() digest: string | null,
    @Ctx() { actor }: RequestContext,
  ): Promise<ImportResult> {
    return this.transfer.import(actor, file, digest ?? undefined)
  }
}
