import { html } from '/lib/lit-html/lit-html.js';
import { copyButton } from './copy.js';
import { ask } from './dialog.js';
import { act } from './server.js';

/** The commands hold the simulated tenant's credentials, so they come only when they are asked for. */
export async function askCurl() {
  const { data } = await act('curl');
  if (typeof data !== 'object' || data === null || !('curl' in data) || !('sdk' in data)) return;
  const [curl, sdk] = [String(data.curl), String(data.sdk)];
  ask({
    title: 'Call the simulated tenant yourself',
    body: () => html`
      <p>It answers the calls of the Management API that make events: users, their roles, connections. The credentials are good for nothing else.</p>
      <h3>curl ${copyButton(curl, 'copy the curl command')}</h3>
      <pre tabindex="0" aria-label="curl command">${curl}</pre>
      <h3>SDK ${copyButton(sdk, 'copy the SDK example')}</h3>
      <pre tabindex="0" aria-label="SDK example">${sdk}</pre>`,
  });
}
