import { ApolloError, type ServerError } from '@apollo/client/core'
import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { setLanguage } from '../i18n/i18n.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from './error-message.js'

function refusal(message: string, extensions: Record<string, unknown>): ApolloError {
  return new ApolloError({ graphQLErrors: [new GraphQLError(message, { extensions })] })
}

describe('an error of the API', () => {
  it('is read with its fields, whose paths are those of the form', () => {
    const fields = [
      { path: 'outgoing.port', rule: 'max', message: '65535以下にしてください。' },
      { path: 'input.code', rule: 'codeInUse', message: '使われています。' },
      { path: 7 },
    ]
    expect(readProblem(refusal('x', { code: 'BAD_USER_INPUT', fields })).fields).toEqual([
      { path: 'outgoing.port', message: '65535以下にしてください。' },
      { path: 'code', message: '使われています。' },
    ])
  })

  it('is read from the body of a 4xx too', () => {
    const networkError: ServerError = Object.assign(new Error('400'), {
      response: new Response(),
      statusCode: 400,
      result: {
        errors: [
          { message: 'm', extensions: { code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 12 } },
        ],
      },
    })
    expect(readProblem(new ApolloError({ networkError }))).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryAfterSeconds: 12,
    })
  })

  it('counts as INTERNAL where its code is unknown, and never shows a message that nobody worded', async () => {
    await setLanguage('ja')
    const problem = readProblem(refusal('select * from secret', { code: 'WEIRD' }))
    expect(problem.code).toBe('INTERNAL')
    expect(problemText(problem, useText().t)).toBe(
      'サーバーで問題が起きました。もう一度お試しください。続く場合は管理者に連絡してください。',
    )
  })

  it('keeps the API’s own sentence for a conflict, which says more than the code', () => {
    const problem = readProblem(
      refusal('コード「a」は使われています。', { code: 'CONFLICT', count: 3 }),
    )
    expect(problemText(problem, useText().t)).toBe('コード「a」は使われています。')
    expect(problem.count).toBe(3)
  })

  it('keeps the API’s own sentence for what is not allowed: not all of it is an administrator’s', () => {
    const message = 'このサインインは期限切れです。'
    const { t } = useText()
    expect(problemText(readProblem(refusal(message, { code: 'FORBIDDEN' })), t)).toBe(message)
    expect(problemText(readProblem(refusal('', { code: 'FORBIDDEN' })), t)).toBe(
      'この操作には管理者の権限が必要です。',
    )
  })

  it('tells a broken network from a broken server', () => {
    expect(readProblem(new ApolloError({ networkError: new Error('offline') })).code).toBe(
      'NETWORK',
    )
    expect(readProblem(new Error('bug')).code).toBe('INTERNAL')
  })
})
