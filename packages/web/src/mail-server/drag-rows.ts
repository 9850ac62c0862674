import Sortable from 'sortablejs'

/**
 * Lets rows be dragged by their handle, with a mouse, a pen or a finger; answers how to stop.
 * `move` hears a row's id and the place where it was let go. Loaded when rows are there to drag.
 */
export function dragRows(list: HTMLElement, move: (id: string, to: number) => void): () => void {
  let follower: ChildNode | null = null
  const sortable = Sortable.create(list, {
    handle: '.handle',
    draggable: 'li',
    animation: 140,
    // The browser's own dragging looks different everywhere and knows no touch.
    forceFallback: true,
    fallbackOnBody: true,
    fallbackClass: 'row-dragged',
    ghostClass: 'row-place',
    scroll: document.getElementById('main') ?? true,
    onStart({ item }) {
      follower = item.nextSibling
    },
    onEnd({ item, from, oldDraggableIndex, newDraggableIndex }) {
      // The rows belong to Vue: put the element back, then change the order and let Vue move it.
      from.insertBefore(item, follower)
      const id = item.dataset['id']
      if (id === undefined || newDraggableIndex === undefined) return
      if (oldDraggableIndex !== newDraggableIndex) move(id, newDraggableIndex)
    },
  })
  return () => sortable.destroy()
}
