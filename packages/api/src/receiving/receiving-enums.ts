import { RunReason, RunState } from '@mailroom/shared'
import { registerEnumType } from 'type-graphql'

registerEnumType(RunState, {
  name: 'RunState',
  description: 'QUEUED: waits for a worker. RUNNING: under way. DONE and FAILED: over.',
})
registerEnumType(RunReason, {
  name: 'RunReason',
  description:
    'MANUAL: somebody asked for it. SCHEDULE: by itself, at the interval of the settings.',
})
