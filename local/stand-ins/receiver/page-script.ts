/**
 * The page's script. Everything that came from outside is set as `textContent`, never as markup, and class names are
 * chosen here, so that no value of a webhook call can become part of the page's structure.
 */
export const PAGE_SCRIPT = `
const counts = document.getElementById('counts');
const rows = document.getElementById('calls');
const state = document.getElementById('state');
const names = {
  received: 'received', accepted: 'accepted', distinct: 'distinct ids', duplicates: 'duplicates',
  invalidSignatures: 'invalid signatures', mostAtOnce: 'most at once',
};

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function counter([key, label]) {
  const item = element('li', '');
  item.append(element('b', String(this[key])), element('span', label));
  return item;
}

function row(call) {
  const line = element('tr', '');
  const time = call.time.slice(11, 23);
  line.append(
    element('td', time),
    element('td', call.type),
    element('td', call.request, 'wide'),
    element('td', call.status, /^2/.test(call.status) ? 'good' : 'bad'),
    element('td', call.verified ? 'verified' : 'refused: ' + call.problem, call.verified ? 'good' : 'bad'),
    element('td', call.webhookId, 'id'),
  );
  return line;
}

async function refresh() {
  try {
    const view = await (await fetch('/calls.json')).json();
    counts.replaceChildren(...Object.entries(names).map(counter, view.counts));
    rows.replaceChildren(...view.calls.map(row));
    state.textContent = view.calls.length === 0 ? 'Waiting for the first call.' : '';
  } catch {
    state.textContent = 'The receiver does not answer: it has been stopped.';
  }
  setTimeout(refresh, 1000);
}
refresh();
`;
