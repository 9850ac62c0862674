import { SETTINGS_DEFAULTS } from '@mailroom/shared'
import type { TestClient } from './api.js'

/** The settings as the tests read them. */
export interface ReadSettings {
  usersManageAccounts: boolean
  usersLeaveMail: boolean
  messageSizeLimitMib: number
  receivesAutomatically: boolean
  receiveIntervalMinutes: number
  allowsPrivateNetworks: boolean
  deniesPrivateNetworks: boolean
  defaultLanguage: string
  version: number
}

const FIELDS =
  'usersManageAccounts usersLeaveMail messageSizeLimitMib receivesAutomatically receiveIntervalMinutes allowsPrivateNetworks deniesPrivateNetworks defaultLanguage version'

export const SETTINGS = `{ settings { ${FIELDS} } }`
export const UPDATE_SETTINGS = `mutation ($version: Int!, $input: SettingsInput!) { updateSettings(version: $version, input: $input) { ${FIELDS} } }`

export async function readSettings(admin: TestClient): Promise<ReadSettings> {
  return (await admin.ask<{ settings: ReadSettings }>(SETTINGS)).settings
}

/** The whole of the settings, as a new installation has them but for these. */
export const settingsInput = (changed: object = {}) => ({ ...SETTINGS_DEFAULTS, ...changed })

/** Sets everything as a new installation has it but for these. */
export async function changeSettings(
  admin: TestClient,
  changed: object = {},
): Promise<ReadSettings> {
  const { version } = await readSettings(admin)
  const { updateSettings } = await admin.ask<{ updateSettings: ReadSettings }>(UPDATE_SETTINGS, {
    version,
    input: settingsInput(changed),
  })
  return updateSettings
}
