import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  ownerOfPid,
  postmasterFile,
  readPostmasterFile,
  retireReusedPid,
} from './postmaster-file.js'

const REST = '/somewhere\n1700000000\n5433\n\n127.0.0.1\n  123456  7\nready   \n'

let folder: string
let clusterDir: string
let ended: (() => void)[]

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'mailroom-postmaster-')))
  clusterDir = join(folder, 'postgres')
  await mkdir(clusterDir)
  ended = []
})
afterEach(async () => {
  for (const end of ended) end()
  await rm(folder, { recursive: true, force: true })
})

/** A process by that name at work in that folder. */
async function runAs(program: string, cwd: string): Promise<number> {
  const child = spawn('sleep', ['600'], { argv0: `/bin/${program}`, cwd, stdio: 'ignore' })
  ended.push(() => child.kill('SIGKILL'))
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  return child.pid ?? 0
}

/** What the lock file says after the number was looked at. */
async function numberAfter(pid: number | string): Promise<string | undefined> {
  await writeFile(postmasterFile(clusterDir), `${pid}\n${REST}`)
  await retireReusedPid(clusterDir, () => Promise.resolve())
  const [first, ...rest] = (await readFile(postmasterFile(clusterDir), 'utf8')).split('\n')
  expect(rest.join('\n')).toBe(REST)
  return first
}

it('leaves the lock file of a running server alone', async () => {
  const pid = await runAs('postgres', clusterDir)
  expect(await ownerOfPid(pid, clusterDir)).toBe('server')
  expect(await numberAfter(pid)).toBe(String(pid))
})

it.each(['other-program', 'postgres'])(
  'replaces a number that %s of another folder has now, and nothing else',
  async (program) => {
    const pid = await runAs(program, folder)
    expect(await ownerOfPid(pid, clusterDir)).toBe('other')
    expect(await numberAfter(pid)).toBe('2147483647')
    expect(await readPostmasterFile(clusterDir)).toEqual({ pid: 2_147_483_647, port: 5433 })
    expect(await ownerOfPid(2_147_483_647, clusterDir)).toBe('nobody')
  },
)

it('is not misled by another program at work in the folder', async () => {
  const pid = await runAs('shell', clusterDir)
  expect(await numberAfter(pid)).toBe('2147483647')
})

it('leaves a file that is just being written alone', async () => {
  await writeFile(postmasterFile(clusterDir), '')
  await retireReusedPid(clusterDir, () => Promise.resolve())
  expect(await readPostmasterFile(clusterDir)).toEqual({ pid: 0, port: undefined })
})

it('does not fail where the server takes its file away meanwhile', async () => {
  const pid = await runAs('other-program', folder)
  for (let n = 0; n < 50; n++) {
    await writeFile(postmasterFile(clusterDir), `${pid}\n${REST}`)
    await Promise.all([
      retireReusedPid(clusterDir, () => Promise.resolve()),
      rm(postmasterFile(clusterDir), { force: true }),
    ])
  }
})
