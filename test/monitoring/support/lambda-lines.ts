/**
 * Lines that Lambda itself writes into a function's log group with the JSON log format, by its
 * documentation of the telemetry schema and the Node runtime's source. None has the field `event`,
 * which is ours.
 */
const END = { requestId: '79b4f56e-95b1-4643-9700-2807f4e68189' };
const METRICS = { durationMs: 90_000, billedDurationMs: 90_000, memorySizeMB: 512, maxMemoryUsedMB: 140 };

export const LAMBDA_LINES = {
  ended: {
    time: '2026-11-25T10:00:01.000Z',
    type: 'platform.report',
    record: { ...END, metrics: { ...METRICS, durationMs: 220.4 }, status: 'success' },
  },
  timedOut: {
    time: '2026-11-25T10:00:02.000Z',
    type: 'platform.report',
    record: { ...END, metrics: METRICS, status: 'timeout' },
  },
  outOfMemory: {
    time: '2026-11-25T10:00:03.000Z',
    type: 'platform.report',
    record: {
      ...END,
      metrics: { ...METRICS, durationMs: 4_100.2, maxMemoryUsedMB: 512 },
      status: 'error',
      errorType: 'Runtime.OutOfMemory',
    },
  },
  uncaught: {
    timestamp: '2026-11-25T10:00:04.000Z',
    level: 'ERROR',
    ...END,
    message: 'Invoke Error',
    errorType: 'TypeError',
    errorMessage: 'event.Records is not iterable',
    stackTrace: ['TypeError: event.Records is not iterable'],
  },
  warning: {
    timestamp: '2026-11-25T10:00:05.000Z',
    level: 'WARN',
    ...END,
    message: 'Unresolved promises remain',
  },
} as const;
