/** What Safari says of the Enter that ends a conversion from kana, by then no longer composing. */
const KEY_OF_CONVERSION = 229

/** Whether a key is the input method's: it converts what is typed, or ends that. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === KEY_OF_CONVERSION
}
