import { inMarkup } from '@rookery/kernel/text';
import type { Count, Held } from './telemetry-sink-held.ts';

/** What the page shows: everything that is held, newest first, and its counts. */
export type Shown = { readonly newest: readonly Held[]; readonly counts: readonly Count[] };

// More would take a browser longer than the page stays.
const mostShown = 300;

const style = `
body { font: 15px/1.5 system-ui, sans-serif; color: #222; background: #f4f4f2; max-width: 860px; margin: 0 auto; padding: 24px 16px }
h1 { font-size: 20px; margin: 0 } .about { color: #666; margin: 4px 0 20px }
ul { list-style: none; padding: 0; margin: 0 0 20px; display: flex; flex-wrap: wrap; gap: 6px }
li { background: #fff; border: 1px solid #ddd; border-radius: 6px; padding: 2px 10px; font-size: 13px; max-width: 100%; overflow-wrap: anywhere; box-sizing: border-box }
article { background: #fff; border: 1px solid #ddd; border-radius: 6px; padding: 10px 16px; margin: 10px 0 }
header { display: flex; flex-wrap: wrap; gap: 0 10px; align-items: baseline; color: #666; font-size: 13px } time { margin-left: auto; white-space: nowrap }
.sink { color: #fff; border-radius: 3px; padding: 1px 7px; font-weight: 600 } .posthog { background: #a34a00 } .siem { background: #2c5f8a }
.who { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0 }
h2 { font-size: 16px; margin: 4px 0; overflow-wrap: anywhere } .again { font-weight: 600; color: #666 } .changed { color: #b00020 }
dl { margin: 4px 0; font: 13px/1.5 ui-monospace, monospace; display: grid; grid-template-columns: fit-content(40%) minmax(0, 1fr); gap: 0 14px }
dt { color: #666; overflow-wrap: anywhere } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; max-height: 12em; overflow-y: auto }
summary { color: #666; font-size: 13px; cursor: pointer }
pre { margin: 6px 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; max-height: 30em; overflow-y: auto }`;

const names = { posthog: 'PostHog', siem: 'security log' } as const;

// Each in a frame of its own: what turns the direction of writing turns nothing beside it.
const framed = (text: string): string => `<bdi>${inMarkup(text)}</bdi>`;

const isOurs = ([name]: readonly [string, unknown]): boolean => !name.startsWith('$');

const valueOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

const list = (properties: Held['properties']): string =>
  Object.entries(properties)
    .filter((property) => isOurs(property) && property[0] !== 'tenant_id')
    .map(([name, value]) => `<dt>${framed(name)}</dt><dd>${framed(valueOf(value))}</dd>`)
    .join('');

const again = ({ deliveries, changed }: Held): string =>
  (deliveries === 1 ? '' : `<span class="again">came ${deliveries} times</span>`) +
  (changed ? '<span class="again changed">not the same each time</span>' : '');

const article = (held: Held): string => {
  const { sink, event, tenant, actor, time, id, properties } = held;
  const who = [tenant ?? 'no tenant', actor ?? 'nobody'].map(framed).join(' · ');
  return (
    `<article><header><span class="sink ${sink}">${names[sink]}</span><span class="who">${who}</span>${again(held)}` +
    `<time datetime="${inMarkup(time)}">${inMarkup(time.slice(0, 19).replace('T', ' '))} UTC</time></header>` +
    `<h2>${framed(event)}</h2><dl>${list(properties)}</dl>` +
    `<details><summary>As it was sent, ${framed(id)}</summary>` +
    `<pre>${framed(JSON.stringify({ event, actor, time, properties }, null, 2))}</pre></details></article>`
  );
};

const count = ({ sink, event, events, deliveries }: Count): string =>
  `<li>${framed(event)} <b>${events}</b> ${names[sink]}` +
  (deliveries === events ? '</li>' : `, ${deliveries - events} more came again</li>`);

const total = ({ newest }: Shown): string => {
  const deliveries = newest.reduce((sum, one) => sum + one.deliveries, 0);
  const twice = deliveries - newest.length;
  return (
    `${newest.length} ${newest.length === 1 ? 'event' : 'events'}` +
    (twice === 0 ? '.' : `; ${twice} of ${deliveries} deliveries came again and count once.`) +
    (newest.length > mostShown ? ` The newest ${mostShown} are shown.` : '')
  );
};

/** The page of what arrived. It loads nothing from elsewhere, and itself again every few seconds. */
export const telemetryPageOf = (shown: Shown): string =>
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Events</title>' +
  '<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">' +
  `<style>${style}</style></head><body><h1>Events</h1>` +
  '<p class="about">What went to PostHog and to the security log, newest first. ' +
  'Those for metrics and for the console are lines that npm run dev prints with LOG_LEVEL=INFO.</p>' +
  (shown.newest.length === 0
    ? '<p>Nothing has arrived yet.</p>'
    : `<p>${total(shown)}</p><ul>${shown.counts.map(count).join('')}</ul>` +
      shown.newest.slice(0, mostShown).map(article).join('')) +
  '</body></html>';
