// Writes the table of docs/diagnosis.md out of the words that API and console use: npm run generate.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { DiagnosisProblem, problemWords } from '../packages/shared/dist/index.js'

const file = join(import.meta.dirname, '../docs/diagnosis.md')
const BEGIN = '<!-- generated: npm run generate -->'
const END = '<!-- /generated -->'

const rows = Object.values(DiagnosisProblem).map((problem) => {
  const words = ['en', 'ja'].map((language) => problemWords(problem, language))
  const cell = (key) => words.map((each) => each[key]).join('<br>')
  return `| ${problem} | ${cell('title')} | ${cell('advice')} |`
})
const table = ['| code | what it means | what to do |', '| --- | --- | --- |', ...rows].join('\n')

const text = readFileSync(file, 'utf8')
const [before, rest] = text.split(BEGIN)
const after = rest?.split(END)[1]
if (after === undefined) throw new Error('docs/diagnosis.md has lost the marks of its table')
const options = { ...(await resolveConfig(file)), filepath: file }
writeFileSync(file, await format(`${before}${BEGIN}\n\n${table}\n\n${END}${after}`, options))
