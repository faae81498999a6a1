/** Rare paths, by the log line that tells of them. */
const TOLD: Readonly<Record<string, string>> = {
  'batches.abandoned': 'reconcile',
  'events.unreadable': 'unreadable',
  'batch.finished': 'repair',
  'delivery.paused': 'held in a pause',
  'delivery.not-started': 'not started',
  'ledger.failed': 'unrecorded',
  'endpoint.paused': 'endpoint paused',
  'entries.future': 'future id told',
  'gap.detected': 'gap',
};

export function pathTold(event: string, outcome: unknown): string | undefined {
  return outcome === 'dead-lettered' ? 'dead letter' : TOLD[event];
}

/** Faults that an issue of their own has brought here. */
export function pathOf(kind: string, fault: string): string | undefined {
  if (kind === 'send' && fault === 'refused-again') return 'refused again and again';
  if (kind === 'send' && fault.startsWith('refused')) return 'entries refused';
  if (kind === 'postpone' && fault === 'fails-after') return 'postpone fails after it worked';
  return undefined;
}
