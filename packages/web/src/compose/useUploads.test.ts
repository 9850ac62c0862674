import { ATTACHMENTS_MAX, UPLOAD_MAX_BYTES } from '@mailroom/shared'
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { answerWith } from '../ui/conflict-testkit.js'
import { openCompose, press, sentBy, started } from './compose-testkit.js'
import { sendingFacts } from './sending-testkit.js'

/** The browser's end of an upload, as far as it is used. */
class FakeUpload extends EventTarget {
  static all: FakeUpload[] = []
  readonly upload = new EventTarget()
  status = 0
  responseText = ''
  address = ''
  isAborted = false
  constructor() {
    super()
    FakeUpload.all.push(this)
  }
  open(_method: string, address: string): void {
    this.address = address
  }
  setRequestHeader(): void {}
  send(): void {}
  abort(): void {
    this.isAborted = true
    this.dispatchEvent(new Event('abort'))
  }
  async progress(loaded: number): Promise<void> {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded }))
    await flushPromises()
  }
  async end(status: number, body: object): Promise<void> {
    this.status = status
    this.responseText = JSON.stringify(body)
    this.dispatchEvent(new Event(status === 0 ? 'error' : 'load'))
    await flushPromises()
  }
}
const last = () => {
  const upload = FakeUpload.all.at(-1)
  if (upload === undefined) throw new Error('nothing is uploaded')
  return upload
}
const made = (id: string) => ({ id, filename: 'a.txt', contentType: 'text/plain', size: 4 })
const sized = (size: number) =>
  Object.defineProperty(new File(['a'], 'big.bin'), 'size', { value: size })

let page: VueWrapper
let sent: ReturnType<typeof answerWith>

async function choose(...files: File[]): Promise<void> {
  const input = page.get('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: files, configurable: true })
  await input.trigger('change')
}
const problem = () => page.get('li [role=alert]').text()

beforeEach(async () => {
  sessionStorage.clear()
  await withWords('compose', setLanguage('en'))
  FakeUpload.all = []
  vi.stubGlobal('XMLHttpRequest', FakeUpload)
  sent = answerWith({
    SendMail: () => ({ data: { sendMail: sendingFacts() } }),
    DeleteUpload: () => ({ data: { deleteUpload: true } }),
  })
  page = await openCompose(started())
})

it('shows how far a file is, waits for it, and sends it along', async () => {
  await choose(new File(['text'], 'a b.txt'))
  expect(last().address).toBe('/uploads?name=a%20b.txt')
  await last().progress(1)
  expect(page.get('[role=progressbar]').attributes('aria-valuenow')).toBe('25')
  await press(page, 'Send')
  expect(page.text()).toContain('Wait until the files are uploaded')
  expect(sent).toEqual([])
  await last().end(201, made('u1'))
  await press(page, 'Send')
  expect(sent.at(-1)?.variables).toMatchObject({ input: { attachmentIds: ['u1'] } })
  expect(sentBy(page)).toHaveLength(1)
})

it('says why a file did not get there, and tries it again', async () => {
  await choose(new File(['text'], 'a.txt'))
  await last().end(413, { errors: [{ message: 'Your space for files is full.' }] })
  expect(problem()).toBe('Your space for files is full.')
  await press(page, 'Try again')
  expect(page.find('li [role=alert]').exists()).toBe(false)
  await last().end(0, {})
  const offline = problem()
  expect(offline).not.toBe('')
  await press(page, 'Try again')
  await last().end(502, {})
  expect(problem()).not.toBe(offline)
  await press(page, 'Try again')
  await last().end(201, made('u1'))
  expect(FakeUpload.all).toHaveLength(4)
  expect(page.find('li [role=alert]').exists()).toBe(false)
  expect(page.get('li').text()).toContain('a.txt')
})

it('stops one that comes and takes one away that is there', async () => {
  await choose(new File(['text'], 'a.txt'))
  await page.get('[aria-label="Stop attaching a.txt"]').trigger('click')
  expect(last().isAborted).toBe(true)
  expect(page.find('li').exists()).toBe(false)
  await choose(new File(['text'], 'a.txt'))
  await last().end(201, made('u2'))
  await page.get('[aria-label="Remove a.txt"]').trigger('click')
  await flushPromises()
  expect(page.find('li').exists()).toBe(false)
  expect(sent.at(-1)).toMatchObject({ operationName: 'DeleteUpload', variables: { id: 'u2' } })
})

it('sends nothing of what is too large or too much', async () => {
  await choose(sized(UPLOAD_MAX_BYTES + 1))
  expect(problem()).toContain('too large')
  expect(page.text()).not.toContain('Try again')
  await page.get('[aria-label="Dismiss the notice about big.bin"]').trigger('click')
  await choose(sized(UPLOAD_MAX_BYTES), sized(1))
  expect(problem()).toContain('together')
  expect(FakeUpload.all).toHaveLength(1)
  page.unmount()
  const files = Array.from({ length: ATTACHMENTS_MAX }, (_, n) => ({
    ...made(`u${String(n)}`),
    isForwarded: false,
  }))
  page = await openCompose(started({ files }))
  await choose(new File(['text'], 'a.txt'))
  expect(problem()).toBe('At most 50 files can be attached.')
  expect(FakeUpload.all).toHaveLength(1)
})
