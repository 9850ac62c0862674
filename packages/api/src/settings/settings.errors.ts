import { ErrorCode } from '@mailroom/shared'
import { AppError } from '../errors.js'

export const settingsChanged = (version: number) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: '別の人が先に設定を変更しました。最新の内容と比べてから保存してください。',
      en: 'Somebody else has changed the settings meanwhile. Compare with the current ones, then save.',
    },
    { extensions: { version } },
  )
