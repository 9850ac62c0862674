import { nextTick, readonly, ref } from 'vue'

const text = ref('')

/** Says something to screen readers alone, such as where a moved row is now. */
export function useAnnouncer() {
  async function announce(sentence: string): Promise<void> {
    // The same sentence twice is read twice only if the region was empty in between.
    text.value = ''
    await nextTick()
    text.value = sentence
  }
  return { text: readonly(text), announce: (sentence: string) => void announce(sentence) }
}
