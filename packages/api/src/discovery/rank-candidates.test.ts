import type { DiscoverySource, EncryptionMode } from '@mailroom/shared'
import { expect, it } from 'vitest'
import type { Candidate, TriedCandidate } from './candidate.js'
import { mergeCandidates, rankCandidates } from './rank-candidates.js'

function candidate(
  source: DiscoverySource,
  host: string,
  { encryption = 'SSL', ...rest }: Partial<Candidate> & { encryption?: EncryptionMode } = {},
): Candidate {
  return {
    source,
    providerName: null,
    outgoing: { host, port: 465, encryption, authMethod: 'PLAIN' },
    incoming: { protocol: 'IMAP4', host, port: 993, encryption, authMethod: 'PASSWORD' },
    ...{ usernameForm: null, documentationUrl: null, notes: [] },
    ...rest,
  }
}
const tried = (each: Candidate, isReached: boolean | null): TriedCandidate => ({
  ...each,
  outgoingReach: { isReached, problem: null },
  incomingReach: { isReached, problem: null },
})

it('puts the reached first, then the encrypted, then the more trusted source', () => {
  const ranked = rankCandidates([
    tried(candidate('AUTOCONFIG_PROVIDER', 'dead.example'), false),
    tried(candidate('SRV', 'untried.example'), null),
    tried(candidate('AUTOCONFIG_PROVIDER', 'clear.example', { encryption: 'NONE' }), true),
    tried(candidate('GUESS', 'guess.example'), true),
    tried(candidate('AUTOCONFIG_MOZILLA', 'mozilla.example'), true),
    tried(candidate('PRESET', 'preset.example'), true),
  ])
  expect(ranked.map(({ outgoing }) => outgoing.host.split('.')[0])).toEqual([
    'preset',
    'mozilla',
    'guess',
    'clear',
    'untried',
    'dead',
  ])
})

it('joins what several sources say of the same servers, and keeps the most trusted one', () => {
  const merged = mergeCandidates([
    candidate('AUTOCONFIG_MOZILLA', 'a.example', {
      usernameForm: 'ADDRESS',
      notes: ['OAUTH_OFFERED'],
    }),
    candidate('SRV', 'b.example'),
    candidate('PRESET', 'a.example', { providerName: 'A', notes: ['APP_PASSWORD'] }),
  ])
  expect(merged).toHaveLength(2)
  expect(merged[0]).toMatchObject({
    source: 'PRESET',
    providerName: 'A',
    usernameForm: 'ADDRESS',
    notes: ['APP_PASSWORD', 'OAUTH_OFFERED'],
  })
})

it('is a list to choose from, however much the sources name', () => {
  const many = Array.from({ length: 50 }, (_, index) => candidate('SRV', `host${index}.example`))
  expect(mergeCandidates(many).length).toBeLessThanOrEqual(8)
})
