import { CsvEncoding, ImportOutcome } from '@mailroom/shared'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'

registerEnumType(CsvEncoding, {
  name: 'CsvEncoding',
  description: "How a file's characters were written.",
})
registerEnumType(ImportOutcome, {
  name: 'ImportOutcome',
  description:
    'What an import would do with a row. SAME: everything is so already, and nothing is written. REFUSED: `refusals` says why; while there is one, nothing of the file is imported.',
})

@ObjectType({ description: 'A setting that an import would change, as cells of the file.' })
export class ImportChange {
  @Field(() => String, {
    description:
      'Its path in the input, such as "outgoing.port"; passwordsGoTo: where stored passwords would be sent from then on.',
  })
  field!: string

  @Field(() => String, { description: "The column's heading, in the caller's language." })
  label!: string

  @Field(() => String, {
    nullable: true,
    description: 'As it is stored; null where there is none.',
  })
  old!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'As it would be; null where there will be none. A long one is cut.',
  })
  new!: string | null

  @Field(() => Boolean, {
    description: 'A secret: that it would change is told, and nothing else.',
  })
  isSecret!: boolean

  @Field(() => Boolean, {
    description: 'It is taken away, since nothing asks for it any more; what it was is not told.',
  })
  isRemoved!: boolean
}

@ObjectType({ description: 'Why a row was refused: one of its cells, or the whole row.' })
export class ImportRefusal {
  @Field(() => String, {
    nullable: true,
    description: 'The path in the input, such as "outgoing.port"; null for the whole row.',
  })
  field!: string | null

  @Field(() => String, {
    nullable: true,
    description: "The column's heading, in the caller's language; null for the whole row.",
  })
  label!: string | null

  @Field(() => Int, {
    nullable: true,
    description: '1-based place of the column in the file; null where the file has none for it.',
  })
  column!: number | null

  @Field(() => String, { description: 'As in `extensions.fields` of a BAD_USER_INPUT.' })
  rule!: string

  @Field(() => String, { description: "What is wrong, in the caller's language." })
  message!: string
}

@ObjectType({ description: 'What an import would do with one row of a file.' })
export class ImportRow {
  @Field(() => Int, {
    description:
      'As a spreadsheet numbers it: the heading counts, and so does an empty row; a cell with line breaks is in one row.',
  })
  row!: number

  @Field(() => String, { description: 'As the file has it; empty where it has none.' })
  code!: string

  @Field(() => ImportOutcome, { description: 'What would be done.' })
  outcome!: ImportOutcome

  @Field(() => String, {
    description: 'A few words that tell it from the others; empty if refused.',
  })
  about!: string

  @Field(() => [ImportChange], { description: 'What would change, for CHANGE.' })
  changes!: ImportChange[]

  @Field(() => [ImportRefusal], { description: 'Everything that is wrong, for REFUSED.' })
  refusals!: ImportRefusal[]
}

@ObjectType({ description: 'What an import of a file would do. Nothing has been done.' })
export class ImportPreview {
  @Field(() => [ImportRow], { description: 'Every row that is not empty, as the file has them.' })
  rows!: ImportRow[]

  @Field(() => Int, { description: 'How many would be added.' })
  addCount!: number

  @Field(() => Int, { description: 'How many would be changed.' })
  changeCount!: number

  @Field(() => Int, { description: 'How many are so already.' })
  sameCount!: number

  @Field(() => Int, { description: 'How many are refused; nothing can be imported until it is 0.' })
  refusedCount!: number

  @Field(() => CsvEncoding, { description: 'How the file was read.' })
  encoding!: CsvEncoding

  @Field(() => Boolean, {
    description:
      'Whether the first row is a heading; otherwise the columns are in the fixed order.',
  })
  hasHeading!: boolean

  @Field(() => [String], { description: 'Headings that mean nothing here; not read.' })
  ignoredColumns!: string[]

  @Field(() => String, {
    description: 'Names exactly this outcome: with it, an import does this or nothing.',
  })
  digest!: string
}

@ObjectType({ description: 'What an import has done.' })
export class ImportResult {
  @Field(() => Int, { description: 'How many were added.' })
  added!: number

  @Field(() => Int, { description: 'How many were changed.' })
  changed!: number

  @Field(() => Int, { description: 'How many were so already and were not touched.' })
  unchanged!: number
}
