import { readonly, ref } from 'vue'

const isInterrupted = ref(false)
let coming: Promise<boolean> | undefined
let answer: (isBack: boolean) => void = () => {}

/** A session ended over something unsaved: asks to sign in there. Answers whether the same person is back. */
export function interrupt(): Promise<boolean> {
  coming ??= new Promise((resolve) => (answer = resolve))
  isInterrupted.value = true
  return coming
}

function settle(isBack: boolean): void {
  isInterrupted.value = false
  coming = undefined
  answer(isBack)
}

export function useInterruption() {
  return { isInterrupted: readonly(isInterrupted), settle }
}
