import type { Widened } from '../widened.js'

export const words = {
  sending: {
    label: '送信の状態',
    state: {
      QUEUED: '送信待ち',
      SENDING: '送信中',
      SENT: '送信済み',
      FAILED: '送信できませんでした',
      UNCONFIRMED: '届いたか不明',
    },
    heldUntil: '{time}に送信します。それまでは取り消せます。',
    waiting: 'まもなく送信します。',
    nextAttempt: '次は{time}に、もう一度送信します（これまで{count}回）。',
    sendingNow: 'メールサーバーに渡しています。',
    sentAt: '{time}にメールサーバーが受け取りました。',
    failedAt: '{time}に送信をやめました。',
    partly: '一部の宛先には届きませんでした',
    unconfirmedBody:
      'メールを渡したあと、サーバーの返事を受け取る前に接続が切れました。届いている場合に2通にならないよう、自動では送り直しません。受信者に届いたかを確かめてください。',
    serverSaid: 'サーバーの応答',
    refused: '断られた宛先',
    pending: 'まだ送られていない宛先',
    accepted: 'サーバーが受け取った宛先',
    again: 'もう一度送信',
    confirm: '届いていることを確かめた',
    cancel: '取り消して編集',
    edit: '編集して送り直す',
    againDone: 'もう一度送信します。',
    confirmDone: '送信済みにしました。',
    failed: 'できませんでした。',
  },
}

export type SendingWords = Widened<typeof words>
