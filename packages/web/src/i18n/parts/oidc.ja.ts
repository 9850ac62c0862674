import type { Widened } from '../widened.js'

export const words = {
  oidc: {
    signIn: '{name}でサインイン',
    or: 'または',
    title: '{name}との連携',
    linked: '連携しています。パスワードのほかに、{name}でもサインインできます。',
    linkedOnly: '連携しています。{name}でサインインします。',
    notLinked: '連携すると、パスワードのほかに、{name}でもサインインできます。',
    link: '連携する',
    unlink: '連携を解除する',
    unlinkTitle: '連携を解除しますか？',
    unlinkBody: '次からは、パスワードでサインインしてください。',
    unlinked: '連携を解除しました。',
    problems: {
      OIDC_EXPIRED:
        '時間が経ちすぎたか、別のブラウザーで始めたため、完了できませんでした。もう一度お試しください。',
      OIDC_REFUSED: 'サインインは取り消されました。',
      OIDC_FAILED:
        'サインイン先から正しい応答がありませんでした。しばらくしてからもう一度お試しください。続く場合は管理者に連絡してください。',
      OIDC_NOT_ADMITTED:
        'この人はMailroomを利用できません。利用したいときは管理者に連絡してください。',
      OIDC_NAME_IN_USE:
        '同じログイン名の利用者が、別の方法でサインインしています。それがあなたであれば、その方法でサインインし、プロフィールで連携してください。',
      OIDC_LINKED_ELSEWHERE: 'このサインイン先のアカウントは、別の利用者と連携されています。',
    },
  },
}

export type OidcWords = Widened<typeof words>
