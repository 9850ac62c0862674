import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { remoteVectors, xssVectors } from '../api/test/support/xss-vectors.js'
import { startBeacon, type Beacon } from './beacon.js'
import { addMailbox, deliver, mailboxOf, receiveAll } from './mail-kit.js'
import { expectNoFaults } from './no-faults.js'
import { ask, signInAdmin } from './product-kit.js'
import { sampleMail } from './sample-mail.js'
import { stack } from './stack.js'
import { tryAll } from './try-all.js'

// Group L of hostile mail, in a real browser: reading it runs nothing and tells nobody.

const { url } = stack()
const FRAME_HEIGHT_MAX_PX = 20_000
/** Of what is tried, so much works where nothing holds it. */
const WORKING_MIN = 150
const LOADING_MIN = 30
/** So many are read as a person reads them, too. */
const SAMPLED = 6
/** Prime: with it the list goes through all of them, and those of one kind are far from each other. */
const STRIDE = 89
const PICTURE = 'with a picture'
const SHOUTS = [
  '<img src=x onerror=top.__ranText1=1>',
  '"><script>top.__ranText2=1</script>',
  "{{constructor.constructor('top.__ranText3=1')()}}",
  'javascript:top.__ranText4=1',
].join(' ')
const FILE = '<img src=x onerror=top.__ranText8=1>.txt'

test.describe.configure({ timeout: 120_000 })

let beacon: Beacon
let context: BrowserContext
let page: Page
let accountId: string
let hostile: readonly string[]

/** Each tells by its number that it ran. */
function numbered(address: string): readonly string[] {
  const runs = xssVectors('1', address).map(
    (_each, index) => xssVectors(`top.__ran${index}=1`, address)[index] ?? '',
  )
  const all = [...runs, ...remoteVectors(address)]
  return all.map((_each, index) => all[(index * STRIDE) % all.length] ?? '')
}

const withoutPictures = (address: string) =>
  remoteVectors(address).filter((part) => !part.includes('<img src='))

test.beforeAll(async ({ browser }) => {
  beacon = await startBeacon()
  hostile = numbered(beacon.url)
  context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: { width: 1440, height: 900 },
  })
  await context.addCookies([
    { name: 'tracker', value: 'known', url: beacon.tlsUrl, sameSite: 'None', secure: true },
  ])
  page = await context.newPage()
  await signInAdmin(page)
  accountId = await addMailbox(
    page,
    mailboxOf(23),
    `safety-${process.pid}`,
    `安全${SHOUTS.slice(0, 60)}`,
  )
  const sources = hostile.map((html, index) => sampleMail({ subject: nameOf(index), html }))
  const picture = sampleMail({
    subject: PICTURE,
    html: `<img src="${beacon.tlsUrl}/picture" alt="">${withoutPictures(beacon.url).join('')}`,
  })
  await deliver(mailboxOf(23), [shouting(), ...sources.reverse(), picture])
  await receiveAll(page, accountId, sources.length + 2)
  // Receiving and taking apart fetches nothing that a message names.
  expect(beacon.heard).toEqual([])
})
test.afterAll(async () => {
  await context.close()
  await beacon.close()
})
test.beforeEach(async () => {
  await page.unrouteAll({ behavior: 'wait' })
  beacon.heard.length = 0
})

/** Where no HTML belongs: subject, name, file name, text, and what is told of a part. */
function shouting(): string {
  const word = `=?UTF-8?B?${Buffer.from(SHOUTS).toString('base64')}?=`
  const filename = `filename*=UTF-8''${encodeURIComponent(FILE)}`
  return [
    `From: ${word} <a@mail.test>`,
    'To: me@mail.test',
    `Subject: ${word}`,
    'Message-ID: <"><img/src=x/onerror=top.__ranText5=1>@mail.test>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset="<img src=x onerror=top.__ranText6=1>"',
    '',
    SHOUTS,
    '--b',
    'Content-Type: "text/<img src=x onerror=top.__ranText7=1>"',
    `Content-Disposition: attachment; ${filename}`,
    '',
    'file',
    '--b--',
    '',
  ].join('\r\n')
}

const VECTOR = 'vector '
const nameOf = (index: number) => `${VECTOR}${index}`
const frame = () => page.frameLocator('iframe')
const heading = (name: string) => page.getByRole('heading', { level: 2, name, exact: true })

async function openFirst(): Promise<void> {
  await page.goto(`${url}/mail/${accountId}/inbox`)
  await page
    .getByRole('link', { name: nameOf(0) })
    .first()
    .click()
  await expect(heading(nameOf(0))).toBeVisible()
}
/** Shows HTML as it is, in place of what the API made safe of it: one for each message. */
async function showRaw(parts: readonly string[]): Promise<void> {
  const raw = new Map(parts.map((html, index) => [nameOf(index), html]))
  await page.unrouteAll({ behavior: 'wait' })
  await page.route('**/graphql', async (route) => {
    const request = route.request().postDataJSON() as { operationName?: string } | null
    if (request?.operationName !== 'MessageToRead') return route.continue()
    const response = await route.fetch()
    const answer = (await response.json()) as {
      data: { message: { subject: string; html: string | null } }
    }
    const { message } = answer.data
    message.html = raw.get(message.subject) ?? message.html
    await route.fulfill({ response, json: answer })
  })
}
async function openRaw(html: string): Promise<void> {
  await showRaw([html])
  await openFirst()
  await expect(frame().locator('#mail')).toBeAttached()
}

test('the frame says exactly what may happen in it', async () => {
  const answers = page.waitForResponse((each) => each.url().includes('/message-frame/closed.html'))
  await openRaw('<p>x</p>')
  const headers = (await answers).headers()
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  )
  expect(headers['referrer-policy']).toBe('no-referrer')
  const element = page.locator('iframe')
  await expect(element).toHaveAttribute(
    'sandbox',
    'allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  )
  await expect(element).toHaveAttribute('credentialless', '')
  await expect(element).toHaveAttribute('title', 'メールの本文: vector 0')
})

test('remote images load once asked for: by https, without cookies and referrer', async () => {
  await page.goto(`${url}/mail/${accountId}/inbox`)
  await page.getByRole('link', { name: PICTURE }).click()
  await expect(frame().locator('#mail')).toBeAttached()
  await expect(page.getByText('外部の画像は読み込んでいません')).toBeVisible()
  expect(beacon.heard).toEqual([])

  await page.getByRole('button', { name: '画像を表示', exact: true }).click()
  await expect.poll(() => beacon.heard.map(({ path }) => path)).toEqual(['/picture'])
  const [heard] = beacon.heard
  expect(heard?.headers.cookie).toBeUndefined()
  expect(heard?.headers.referer).toBeUndefined()

  // For this message only: opened again, it asks again.
  await page.reload()
  await expect(page.getByText('外部の画像は読み込んでいません')).toBeVisible()
  expect(beacon.heard).toHaveLength(1)
})

test('L-3 what is no HTML is shown as the text that it is', async () => {
  await page.goto(`${url}/mail/${accountId}/inbox`)
  await page.getByLabel('メールを探す').fill('ranText2')
  await page.getByRole('link', { name: 'ranText4' }).first().click()
  await expect(heading(SHOUTS)).toBeVisible()
  await expect(page.getByRole('main')).toContainText(FILE)
  // Subject, name and text, in the list or in the message.
  expect(await page.getByRole('main').getByText(SHOUTS).count()).toBeGreaterThanOrEqual(3)
  await expectNothingHappened()
})

test('a message cannot cover, move or confuse what is around it', async () => {
  await openRaw('<p>x</p>')
  const around = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('header, nav, h2, [role=toolbar]')].map((each) => {
        const { x, y, width } = each.getBoundingClientRect()
        return [x, y, width]
      }),
    )
  const before = await around()
  await openRaw(`
    <form id="document" name="getElementById"><input name="body"><input name="querySelector"></form>
    <img name="documentElement"><img name="defaultView"><a id="location" href="https://x.example">x</a>
    <div style="position:fixed !important;inset:0;z-index:2147483647;background:red">over</div>
    <div style="width:1000000px;height:1000000px">big</div><style>* { margin: 0 !important; position: fixed }</style>`)
  await expect.poll(around).toEqual(before)
  const height = await page.locator('iframe').evaluate((each) => each.clientHeight)
  expect(height).toBeLessThanOrEqual(FRAME_HEIGHT_MAX_PX)
  await page.keyboard.press('j')
  await expect(heading(nameOf(1))).toBeVisible()
})

test('a link shows where it really goes before it opens', async () => {
  await openRaw(`
    <p><a href="https://evil.example/login">https://bank.example/login</a></p>
    <p><a href="https://аррӏе.com/">apple</a></p>
    <p><a href="https://good.example/a">\u202emoc.knab//:sptth</a></p>
    <p><a href="javascript:top.__xss=1">run</a></p>`)
  const shown = page.locator('[data-link-place]')
  const link = (index: number) => frame().getByRole('link').nth(index)
  await link(0).hover()
  await expect(shown).toHaveText('evil.example')
  await link(0).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('evil.example')
  await expect(dialog).toContainText('表示されている名前と、実際の行き先が違います')
  await page.keyboard.press('Escape')
  await link(1).hover()
  await expect(shown).toHaveText('xn--80ak6aa92e.com')
  await link(2).hover()
  await expect(shown).toHaveText('good.example')
  await expect(frame().getByRole('link')).toHaveCount(3)
  expect(context.pages()).toHaveLength(1)
})

test('a message is read and left by keyboard, passes axe, and prints whole', async () => {
  await openRaw(`<p><a href="https://good.example/">one</a></p>${'<p>line</p>'.repeat(100)}`)
  await frame().getByRole('link').focus()
  await expect(page.locator('[data-link-place]')).toHaveText('good.example')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('IFRAME')
  await frame().getByRole('link').focus()
  await page.keyboard.press('u')
  await expect(page.getByText('メールが選ばれていません')).toBeVisible()
  await openRaw(`<p>one</p>${'<p>line</p>'.repeat(100)}`)
  await expectNoFaults(page, 'reading HTML')

  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('list', { name: 'メールの一覧' })).toBeHidden()
  await expect(heading(nameOf(0))).toBeVisible()
  const isWhole = await page.locator('iframe').evaluate((each: HTMLIFrameElement) => {
    const inner = each.contentDocument?.querySelector('#mail')
    return inner !== null && inner !== undefined && inner.scrollHeight <= each.clientHeight
  })
  expect(isWhole).toBe(true)
  await page.emulateMedia({ media: null })
})

/** Reads the first ones by key, and touches in each what could be set off by a touch. */
async function readSome(): Promise<void> {
  await openFirst()
  for (let index = 0; index < SAMPLED; index += 1) {
    await expect(heading(nameOf(index))).toBeVisible()
    await expect(frame().locator('#mail')).toBeAttached()
    await page.evaluate(() => {
      for (const each of document.querySelector('iframe')?.contentDocument?.links ?? []) {
        each.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
      }
      // A field of the message may have the focus, and keys are typed there.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    })
    await page.keyboard.press('j')
  }
}

async function expectNothingHappened(): Promise<void> {
  expect(
    await page.evaluate(() => Object.keys(window).filter((n) => n.startsWith('__ran'))),
  ).toEqual([])
  expect(beacon.heard.map(({ path }) => path)).toEqual([])
  expect(page.url()).toContain(`${url}/mail/${accountId}/inbox/`)
  expect(context.pages()).toHaveLength(1)
}

test('what is tried here works where nothing holds it', async () => {
  const bare = await context.newPage()
  const ran = await tryAll(bare, hostile)
  expect(ran.length).toBeGreaterThan(WORKING_MIN)
  expect(new Set(beacon.heard.map(({ path }) => path)).size).toBeGreaterThan(LOADING_MIN)
  await bare.close()
})

test('none of it runs or loads in the frame, though none was made safe', async () => {
  await openRaw('<p>x</p>')
  expect(await tryAll(page, hostile)).toEqual([])
  await expectNothingHappened()
  await showRaw(hostile)
  await readSome()
  await expectNothingHappened()
})

test('none of it runs or loads once made safe, though no frame holds it', async () => {
  const bare = await context.newPage()
  expect(await tryAll(bare, await safeParts())).toEqual([])
  expect(context.pages()).toHaveLength(2)
  await bare.close()
  await readSome()
  await expectNothingHappened()
})

const SAFE_PARTS = `query ($id: ID!, $after: String) {
  messages(accountId: $id, first: 200, after: $after) {
    edges { node { subject parseState html } } pageInfo { endCursor }
  }
}`
interface SafeParts {
  readonly messages: {
    readonly edges: readonly {
      readonly node: { subject: string; parseState: string; html: string | null }
    }[]
    readonly pageInfo: { readonly endCursor: string | null }
  }
}
/** What the API makes of each. */
async function safeParts(): Promise<readonly string[]> {
  const parts: string[] = []
  for (let after: string | null = null; parts.length < hostile.length;) {
    const { messages }: SafeParts = await ask<SafeParts>(page, SAFE_PARTS, { id: accountId, after })
    for (const { node } of messages.edges) {
      expect([node.subject, node.parseState]).toEqual([node.subject, 'PARSED'])
      if (node.subject.startsWith(VECTOR)) parts.push(node.html ?? '')
    }
    after = messages.pageInfo.endCursor
  }
  return parts
}
