/** Rare paths by the log line that shows them. */
const BY_LINE: Readonly<Record<string, string>> = {
  'batches.abandoned': 'reconcile',
  'events.unreadable': 'unreadable',
  'batch.finished': 'repair',
  'delivery.paused': 'held in a pause',
  'delivery.beside': 'stood back',
  'delivery.not-started': 'not started',
  'ledger.failed': 'unrecorded',
  'endpoint.paused': 'endpoint paused',
  'entries.future': 'future id told',
  'gap.detected': 'gap',
};

export function pathOfLine(event: string, outcome: unknown): string | undefined {
  return outcome === 'dead-lettered' ? 'dead letter' : BY_LINE[event];
}

/** Names the rare path of a fault; undefined when it is none. */
export function pathOf(kind: string, fault: string): string | undefined {
  if (kind === 'send' && fault === 'refused-again') return 'refused again and again';
  if (kind === 'send' && fault.startsWith('refused')) return 'entries refused';
  if (kind === 'postpone' && fault === 'fails-after') return 'postpone fails after it worked';
  return undefined;
}
