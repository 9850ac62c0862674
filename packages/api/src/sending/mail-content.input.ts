import {
  ATTACHMENTS_MAX,
  FieldRule,
  MAIL_HTML_MAX_LENGTH,
  MAIL_TEXT_MAX_LENGTH,
  RECIPIENT_MAX_LENGTH,
  RECIPIENTS_MAX,
  SUBJECT_MAX_LENGTH,
  USERNAME_MAX_LENGTH,
} from '@mailroom/shared'
import { Field, ID, InputType } from 'type-graphql'
import { LongText, OptionalText, Reference, TextList } from '../validation/rules.js'
import type { DraftContent } from './draft-content.js'

const Recipients = () => TextList(RECIPIENTS_MAX, RECIPIENT_MAX_LENGTH)

/** What a message and a draft of one have in common. */
@InputType('MailContentInput')
export abstract class MailContentInput {
  @Field(() => [String], {
    description:
      'Addresses, bare or behind a name: taro@example.jp, 山田太郎 <taro@example.jp>, "Yamada, Taro" <taro@example.jp>. A name has no @, quotes, backslashes, angle brackets or control characters in any width, and 100 characters at most.',
  })
  @Recipients()
  to!: string[]

  @Field(() => [String], { nullable: true, description: 'Others who see it.' })
  @Recipients()
  cc?: string[] | null

  @Field(() => [String], {
    nullable: true,
    description: 'Who gets it and is not seen by the others.',
  })
  @Recipients()
  bcc?: string[] | null

  @Field(() => String, { defaultValue: '', description: 'One line.' })
  @OptionalText(SUBJECT_MAX_LENGTH)
  subject!: string

  @Field(() => String, { defaultValue: '', description: 'Plain text.' })
  @LongText(MAIL_TEXT_MAX_LENGTH)
  text!: string

  @Field(() => String, {
    nullable: true,
    description:
      'The same as HTML; recipients choose which of the two they see. Sanitised before it is sent.',
  })
  @LongText(MAIL_HTML_MAX_LENGTH)
  html?: string | null

  @Field(() => [ID], { nullable: true, description: "The caller's own uploads, in this order." })
  @TextList(ATTACHMENTS_MAX, USERNAME_MAX_LENGTH)
  attachmentIds?: string[] | null

  @Field(() => ID, {
    nullable: true,
    description: 'The message that it answers: In-Reply-To and References come from there.',
  })
  @Reference(FieldRule.message)
  replyToId?: string | null

  @Field(() => ID, { nullable: true, description: 'The message that it passes on.' })
  @Reference(FieldRule.message)
  forwardOfId?: string | null

  @Field(() => [ID], {
    nullable: true,
    description: 'Attachments of forwardOfId that go along, before the uploads.',
  })
  @TextList(ATTACHMENTS_MAX, USERNAME_MAX_LENGTH)
  forwardAttachmentIds?: string[] | null
}

/** What was typed, in the form in which it is kept. */
export function contentOf(input: MailContentInput): DraftContent {
  const trimmed = (list: readonly string[] | null | undefined) =>
    (list ?? []).map((each) => each.trim())
  return {
    to: trimmed(input.to),
    cc: trimmed(input.cc),
    bcc: trimmed(input.bcc),
    subject: input.subject.trim(),
    text: input.text,
    html: input.html ?? null,
    replyToId: input.replyToId ?? null,
    forwardOfId: input.forwardOfId ?? null,
    forwardAttachmentIds: input.forwardAttachmentIds ?? [],
  }
}
