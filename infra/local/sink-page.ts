import { inMarkup } from '@rookery/kernel/text';
import type { Arrival } from './sink-arrival.ts';

const style = `
body { font: 15px/1.5 system-ui, sans-serif; color: #222; background: #f4f4f2; max-width: 760px; margin: 0 auto; padding: 24px 16px }
h1 { font-size: 20px; margin: 0 } .about { color: #666; margin: 4px 0 20px }
article { background: #fff; border: 1px solid #ddd; border-radius: 6px; padding: 12px 16px; margin: 12px 0 }
header { display: flex; gap: 10px; align-items: baseline; color: #666; font-size: 13px }
.channel { color: #fff; border-radius: 3px; padding: 1px 7px; font-weight: 600 } time { margin-left: auto; white-space: nowrap }
.to { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.email { background: #2c5f8a } .sms { background: #6b4a8e } .slack { background: #4a154b } .pagerduty { background: #05763f } .webhook { background: #555 }
h2 { font-size: 16px; margin: 6px 0; overflow-wrap: anywhere }
pre { margin: 6px 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace }
.bad { color: #b00020; font-weight: 600 } summary { color: #666; font-size: 13px; cursor: pointer }`;

const signatures = {
  good: '<span>signature is good</span>',
  bad: '<span class="bad">signature is bad</span>',
  unchecked: '',
} as const;

const article = ({ channel, at, to, title, text, key, signature, body }: Arrival): string =>
  `<article><header><span class="channel ${channel}">${channel}</span><span class="to">${inMarkup(to)}</span>` +
  (signature === null ? '' : signatures[signature]) +
  `<time datetime="${inMarkup(at)}">${inMarkup(at.slice(11, 19))} UTC</time></header>` +
  `<h2>${inMarkup(title)}</h2>` +
  (text === '' ? '' : `<pre>${inMarkup(text)}</pre>`) +
  `<details><summary>As it was sent${key === null ? '' : `, ${inMarkup(key)}`}</summary>` +
  `<pre>${inMarkup(JSON.stringify(body, null, 2))}</pre></details></article>`;

/** The page of what arrived, in the order given. It loads nothing from elsewhere, and itself again every few seconds. */
export const pageOf = (arrivals: readonly Arrival[]): string =>
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notices</title>' +
  '<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">' +
  `<style>${style}</style></head><body><h1>Notices</h1>` +
  '<p class="about">What would have been sent by e-mail, text message, Slack, PagerDuty and webhooks. Newest first.</p>' +
  (arrivals.length === 0 ? '<p>Nothing has arrived yet.</p>' : arrivals.map(article).join('')) +
  '</body></html>';
