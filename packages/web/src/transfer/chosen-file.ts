/** A file as it was when it was chosen: what is previewed is what is imported. */
export interface ChosenFile {
  readonly name: string
  readonly sizeBytes: number
  readonly base64: string
}

/** Reads a file whole. Rejects where the browser cannot, such as when it was moved away. */
export function readChosenFile(file: File): Promise<ChosenFile> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'))
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : ''
      const base64 = url.slice(url.indexOf(',') + 1)
      resolve({ name: file.name, sizeBytes: file.size, base64: file.size === 0 ? '' : base64 })
    }
    reader.readAsDataURL(file)
  })
}
