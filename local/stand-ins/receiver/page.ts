import { createHash } from 'node:crypto';
import { PAGE_SCRIPT } from './page-script.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --good: light-dark(#15703a, #6cd394); --bad: light-dark(#b3261e, #ff9a92); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
ul { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; list-style: none; padding: 0; }
li b { display: block; font-size: 1.6rem; font-variant-numeric: tabular-nums; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .8rem .35rem 0; text-align: left; vertical-align: top; white-space: nowrap; }
td.wide { overflow-wrap: anywhere; white-space: normal; min-width: 16rem; }
td.id { font: 12px ui-monospace, monospace; }
.good { color: var(--good); }
.bad { color: var(--bad); font-weight: 600; }
`;

/** Everything the receiver's page needs, in one answer: nothing is loaded from elsewhere. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Webhook receiver</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<h1>Webhook receiver</h1>
<p>The latest calls, newest first. Times are UTC.</p>
<ul id="counts"></ul>
<p id="state" role="status"></p>
<div class="table"><table>
<thead><tr><th>Time</th><th>Type</th><th>Request</th><th>Answered</th><th>Signature</th><th>webhook-id</th></tr></thead>
<tbody id="calls"></tbody>
</table></div>
<noscript>This page needs its script; the same data is at <a href="/calls.json">/calls.json</a>.</noscript>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;

/** Only the style and the script above, by their digests: markup that slipped in could neither run nor load anything. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src ${digest(STYLE)}`,
  `script-src ${digest(PAGE_SCRIPT)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function digest(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
