import { TestClient } from '../api.js'
import { CHANGE_PASSWORD, CREATE_USER, UPDATE_USER, userInput } from '../users-kit.js'
import { MARKER } from './canaries.js'
import { clientOf, plantRefused, type Planting } from './planting.js'

/** In people and their passwords. */
export async function plantInPeople(planting: Planting): Promise<void> {
  const { admin, canaries } = planting
  const loginName = 'taro'
  const password = canaries.for('UserInput.password')
  const input = userInput({ loginName, displayName: MARKER.text, password })
  const { createUser } = await admin.ask<{ createUser: { id: string } }>(CREATE_USER, { input })
  const { id } = createUser
  await admin.send(CREATE_USER, { input: { ...input, role: 'KING' } })
  await admin.send(CREATE_USER, { input })
  await plantRefused(admin, CREATE_USER, { input }, ['input', 'password'], password)
  const changed = { ...input, password: canaries.for('UserInput.password', 'changed') }
  await admin.ask(UPDATE_USER, { id, version: 1, input: changed })
  await admin.send(UPDATE_USER, { id, version: 1, input: changed })
  await plantRefused(
    admin,
    UPDATE_USER,
    { id, version: 9, input: changed },
    ['input', 'password'],
    changed.password,
  )
  for (const search of [password, `${password}%`]) {
    await admin.send('query ($search: String) { users(search: $search) { id } }', { search })
    await admin.send('query ($search: String) { auditEvents(search: $search) { totalCount } }', {
      search,
    })
    await admin.send('query ($id: ID!) { user(id: $id) { id } mailServer(id: $id) { id } }', {
      id: search,
    })
  }
  await plantInOwnPassword(planting, loginName, changed.password)
}

async function plantInOwnPassword(
  planting: Planting,
  loginName: string,
  currentPassword: string,
): Promise<void> {
  const { admin, canaries, direct } = planting
  const taro = clientOf(planting)
  taro.cookie = (await new TestClient(direct).signIn(loginName, currentPassword)).cookie
  const wrong = canaries.for('Mutation.changePassword.currentPassword')
  const newPassword = canaries.for('Mutation.changePassword.newPassword')
  await taro.send(CHANGE_PASSWORD, { currentPassword: wrong, newPassword })
  const variables = { currentPassword: wrong, newPassword: 'short' }
  await plantRefused(taro, CHANGE_PASSWORD, variables, ['currentPassword'], wrong)
  await plantRefused(admin, CHANGE_PASSWORD, variables, ['newPassword'], newPassword)
  await taro.ask(CHANGE_PASSWORD, { currentPassword, newPassword })
  await new TestClient(direct).signIn(loginName, newPassword)
}
