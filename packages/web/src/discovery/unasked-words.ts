import { DiscoverySource, DiscoverySourceProblem } from '@mailroom/shared'
import type { Translate } from '../i18n/useText.js'
import type { Discovery } from './useDiscovery.js'

type Unasked = Discovery['unasked']

/** Whether nobody outside could be asked: then the network is missing, not the settings. */
export function isOffline(unasked: Unasked): boolean {
  const failed = unasked.filter(({ problem }) => problem !== DiscoverySourceProblem.SWITCHED_OFF)
  const isDns = ({ problem }: Unasked[number]) =>
    problem === DiscoverySourceProblem.NAME_SERVER_UNREACHABLE
  return failed.some(isDns)
}

/** What somebody switched off is no failure. */
export function isSwitchedOff(unasked: Unasked): boolean {
  return unasked.some(({ problem }) => problem === DiscoverySourceProblem.SWITCHED_OFF)
}

/** Each source that could not be asked, with the reason; the order is ours. */
export function unaskedWords(unasked: Unasked, t: Translate): string[] {
  return Object.values(DiscoverySource).flatMap((source) =>
    unasked
      .filter((each) => each.source === source)
      .filter(({ problem }) => problem !== DiscoverySourceProblem.SWITCHED_OFF)
      .map(({ problem }) =>
        t('discovery.unaskedItem', {
          source: t(`discovery.sources.${source}`),
          problem: t(`discovery.sourceProblems.${problem}`),
        }),
      ),
  )
}
