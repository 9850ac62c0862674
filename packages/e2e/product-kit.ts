import { expect, type Page } from '@playwright/test'
import { SIGN_IN } from '../api/test/support/sign-in.js'
import { stack } from './stack.js'

const ADMIN = { loginName: 'admin', password: 'correct horse battery' }
const SET_UP = `mutation ($token: String!, $loginName: String!, $password: String!) {
  setUp(token: $token, loginName: $loginName, password: $password) { id }
}`
const LANGUAGE_NAMES = { ja: '日本語', en: 'English' }
export type Language = keyof typeof LANGUAGE_NAMES

/** What a program would ask, in the browser's session. */
export async function ask<T>(page: Page, query: string, variables: object = {}): Promise<T> {
  const response = await page.request.post(`${stack().url}/graphql`, { data: { query, variables } })
  return ((await response.json()) as { data: T }).data
}

/** Makes what a mutation with an alias `made` makes; answers its id. */
export async function add(page: Page, mutation: string, input: object): Promise<string> {
  return (await ask<{ made: { id: string } }>(page, mutation, { input })).made.id
}

/** Alone, a story finds nobody set up; after the others, somebody is. */
export async function signInAdmin(page: Page): Promise<void> {
  await ask(page, SET_UP, {
    token: new URL(stack().setUpUrl).hash.replace('#token=', ''),
    ...ADMIN,
  })
  await ask(page, SIGN_IN, ADMIN)
}

/** As a person does it, whose page stays. */
export async function speak(page: Page, language: Language): Promise<void> {
  const html = page.locator('html')
  if ((await html.getAttribute('lang')) === language) return
  await page.locator('header button[aria-haspopup=menu]').click()
  await page.getByRole('menuitemradio', { name: LANGUAGE_NAMES[language] }).click()
  await expect(html).toHaveAttribute('lang', language)
  await expect(page.getByRole('menu')).toHaveCount(0)
}
