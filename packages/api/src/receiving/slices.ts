/** Fetched without a pause; between two of them what is stored is marked or removed, and a run can stop in good order. */
const SLICE_MESSAGES = 1_000
const SLICE_BYTES = 32 * 1024 * 1024

/** Parts of a listing, in its order; a message larger than a slice is one of its own. */
export function* slicesOf<T extends { readonly sizeBytes: number | undefined }>(
  items: readonly T[],
): Generator<readonly T[]> {
  let slice: T[] = []
  let bytes = 0
  for (const item of items) {
    const size = item.sizeBytes ?? 0
    if (slice.length === SLICE_MESSAGES || (slice.length > 0 && bytes + size > SLICE_BYTES)) {
      yield slice
      slice = []
      bytes = 0
    }
    slice.push(item)
    bytes += size
  }
  if (slice.length > 0) yield slice
}
