/**
 * The thread of MessageParser. Node runs this file and what it imports as they are, in the built
 * product and from the source: erasable TypeScript only, and relative imports that end in .ts.
 */
import { parentPort } from 'node:worker_threads'
import type { ParseJob, ParseReply } from './parse-job.ts'
import { InlineImages } from './inline-images.ts'
import { parseSource, readAttachmentOf, readPicturesOf } from './parse-source.ts'
import { sanitiseHtml } from './safe-html.ts'

if (parentPort === null) throw new Error('parse-worker is started as a thread')
const port = parentPort

port.on('message', (job: ParseJob) => {
  void answer(job).then((reply) => {
    port.postMessage(reply, reply.kind === 'attachment' ? [reply.content.buffer] : [])
  })
})
port.postMessage({ kind: 'ready' } satisfies ParseReply)

async function answer(job: ParseJob): Promise<ParseReply> {
  try {
    if (job.kind === 'html') {
      const { html, source, showsRemote } = job
      const pictures =
        source === null ? new Map<string, Buffer>() : await readPicturesOf(asBuffer(source), html)
      return { kind: 'html', html: sanitiseHtml(html, new InlineImages(pictures), showsRemote) }
    }
    const source = asBuffer(job.source)
    if (job.kind === 'message') return { kind: 'message', message: await parseSource(source) }
    const content = await readAttachmentOf(source, job.position)
    if (content === null) return { kind: 'failed', detail: `no attachment ${job.position}` }
    // A copy, since small buffers share their memory with others, which transferring would take away.
    return { kind: 'attachment', content: new Uint8Array(content) }
  } catch (error) {
    // Whatever a hostile message sets off is an outcome: the message is marked, the next one comes.
    return { kind: 'failed', detail: error instanceof Error ? error.message : String(error) }
  }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength)
