import { UserRole } from '@mailroom/shared'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Access } from '../auth/access.js'
import { AskedTogether } from '../graphql/asked-together.js'
import type { RequestContext } from '../graphql/request-context.js'
import { Draft } from './draft.entity.js'
import { DraftInput } from './draft.input.js'
import type { DraftService } from './draft.service.js'
import { Upload } from './upload.entity.js'
import type { UploadService } from './upload.service.js'
import { writerIn } from './writer.js'

@Resolver(() => Draft)
export class DraftResolver {
  readonly #attachments: AskedTogether<Upload[]>

  constructor(
    private readonly service: DraftService,
    private readonly uploads: UploadService,
  ) {
    this.#attachments = new AskedTogether((ids) => uploads.heldBy('draft_id', ids))
  }

  @Access(UserRole.USER)
  @Query(() => [Draft], {
    description: "The caller's own drafts of an account, the last saved first.",
  })
  drafts(
    @Arg('accountId', () => ID) accountId: string,
    @Ctx() context: RequestContext,
  ): Promise<Draft[]> {
    return this.service.list(writerIn(context), accountId)
  }

  @Access(UserRole.USER)
  @Query(() => Draft, { nullable: true, description: "One of the caller's own drafts." })
  draft(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Draft | null> {
    return this.service.find(writerIn(context), id)
  }

  @Access(UserRole.USER)
  @Mutation(() => Draft, {
    description:
      'Keeps what is being written: as a new draft, or in the place of an older version.',
  })
  saveDraft(
    @Arg('id', () => ID, { nullable: true, description: 'Left out: a new one.' })
    id: string | null,
    @Arg('version', () => Int, {
      nullable: true,
      description: 'Of the draft that was read; a CONFLICT where it has been saved since.',
    })
    version: number | null,
    @Arg('input', () => DraftInput) input: DraftInput,
    @Ctx() context: RequestContext,
  ): Promise<Draft> {
    return this.service.save(writerIn(context), id, version, input)
  }

  @Access(UserRole.USER)
  @Mutation(() => Boolean, { description: "Deletes one of the caller's drafts and its files." })
  async deleteDraft(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.service.delete(writerIn(context), id)
    return true
  }

  @Access(UserRole.USER)
  @Mutation(() => Boolean, { description: "Deletes one of the caller's files that is not sent." })
  async deleteUpload(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.uploads.delete(writerIn(context).userId, id)
    return true
  }

  @FieldResolver(() => [Upload], { description: 'Its files, in order.' })
  async attachments(@Root() { id }: Draft): Promise<Upload[]> {
    return (await this.#attachments.of(id)) ?? []
  }
}
