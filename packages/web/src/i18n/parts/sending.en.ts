import type { SendingWords } from './sending.ja.js'

export const words: SendingWords = {
  sending: {
    label: 'State of sending',
    state: {
      QUEUED: 'Waiting',
      SENDING: 'Sending',
      SENT: 'Sent',
      FAILED: 'Not sent',
      UNCONFIRMED: 'Arrival unknown',
    },
    heldUntil: 'Goes out at {time}; until then it can be taken back.',
    waiting: 'Goes out in a moment.',
    nextAttempt: 'Next attempt at {time} ({count} so far).',
    sendingNow: 'Being handed to the mail server.',
    sentAt: 'The mail server took it at {time}.',
    failedAt: 'Given up at {time}.',
    partly: 'Some recipients were not reached',
    unconfirmedBody:
      'The connection broke after the message was handed over and before the server answered. It is not sent again by itself, so that nobody gets it twice. Ask the recipients whether it arrived.',
    serverSaid: 'The server said',
    refused: 'Refused recipients',
    pending: 'Recipients not reached yet',
    accepted: 'Recipients taken by the server',
    again: 'Send again',
    confirm: 'I checked, it arrived',
    cancel: 'Take back and edit',
    edit: 'Edit and send again',
    againDone: 'It is being sent again.',
    confirmDone: 'Marked as sent.',
    failed: 'That did not work.',
  },
}
