/** What the page knows, fed by server-sent events. */

export const state = {
  connected: false,
  place: undefined,
  pipeline: undefined,
  /** Newest first. */
  deliveries: [],
  filter: { text: '', outcome: 'all' },
  open: undefined,
  detail: undefined,
  told: '',
};

const MOST = 10_000;
const byId = new Map();

export function listen(changed) {
  const source = new EventSource('/stream');
  const on = (name, take) =>
    source.addEventListener(name, ({ data }) => {
      take(JSON.parse(data));
      changed();
    });
  source.addEventListener('open', () => {
    state.connected = true;
    changed();
  });
  source.addEventListener('error', () => {
    state.connected = false;
    changed();
  });
  on('place', (place) => {
    state.place = place;
  });
  on('pipeline', (pipeline) => {
    state.pipeline = pipeline;
  });
  on('deliveries', (deliveries) => {
    byId.clear();
    for (const delivery of deliveries) byId.set(delivery.logId, delivery);
    state.deliveries = deliveries;
  });
  on('delivery', put);
}

function put(delivery) {
  if (byId.has(delivery.logId)) {
    const index = state.deliveries.findIndex(({ logId }) => logId === delivery.logId);
    if (index >= 0) state.deliveries[index] = delivery;
    if (state.detail?.logId === delivery.logId) state.detail = { ...state.detail, ...delivery };
  } else {
    state.deliveries.unshift(delivery);
    const dropped = state.deliveries.length > MOST ? state.deliveries.pop() : undefined;
    if (dropped) byId.delete(dropped.logId);
  }
  byId.set(delivery.logId, delivery);
}

export function shown() {
  const { text, outcome } = state.filter;
  const wanted = text.trim().toLowerCase();
  return state.deliveries.filter(
    (delivery) =>
      (outcome === 'all' || delivery.state === outcome) &&
      (wanted === '' ||
        `${delivery.resource} ${delivery.type} ${delivery.description} ${delivery.path} ${delivery.logId}`
          .toLowerCase()
          .includes(wanted)),
  );
}

export async function act(name, input = {}) {
  const response = await fetch(`/actions/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-page': '1' },
    body: JSON.stringify(input),
  }).catch(() => undefined);
  state.told = response ? (await response.json()).told : 'The run has ended.';
}

export async function open(logId) {
  state.open = logId;
  state.detail = undefined;
  if (logId === undefined) return;
  const response = await fetch(`/deliveries/${logId}`).catch(() => undefined);
  if (response?.ok && state.open === logId) state.detail = await response.json();
}
