import { readFile } from 'node:fs/promises'
import { MESSAGE_FRAME_PATHS, messageFrameHeader, messageFramePolicy } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'

const ROOT = `${import.meta.dirname}/../../../..`

describe.each(['closed', 'remote'] as const)('the frame of messages, %s,', (kind) => {
  it('says in itself what its header says, wherever it is served from', async () => {
    const page = await readFile(`${ROOT}/packages/web/public${MESSAGE_FRAME_PATHS[kind]}`, 'utf8')
    expect(page).toContain(`content="${messageFramePolicy(kind)}"`)
    expect(page).not.toMatch(/<script/i)
    const nginx = await readFile(`${ROOT}/docker/nginx.conf`, 'utf8')
    const [, served = ''] = nginx.split(`location = ${MESSAGE_FRAME_PATHS[kind]} {`)
    expect(served.split('}')[0]).toContain(`"${messageFrameHeader(kind)}"`)
  })
})
