import { ref } from 'vue'

/** Files that are dragged over a part of the page, dropped there, or pasted, such as a picture of the screen. */
export function useFileDrop(take: (files: Iterable<File>) => void) {
  const isOver = ref(false)
  /** Entering a child is told before leaving its parent. */
  let depth = 0
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true

  function onDrag(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    if (event.type === 'dragenter') depth += 1
    if (event.type === 'dragleave') depth -= 1
    isOver.value = depth > 0
  }
  function onDrop(event: DragEvent): void {
    depth = 0
    isOver.value = false
    if (!hasFiles(event)) return
    event.preventDefault()
    take(event.dataTransfer?.files ?? [])
  }
  function onPaste({ clipboardData }: ClipboardEvent): void {
    // Office programs bring a picture of what they bring as text too.
    const isText = clipboardData?.types.includes('text/plain') === true
    if (!isText && clipboardData !== null) take(clipboardData.files)
  }
  return { isOver, onDrag, onDrop, onPaste }
}
