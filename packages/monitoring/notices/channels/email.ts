import { plainOf, wordsOf, type Item, type Words } from '../template.ts';
import type { Outgoing, Parcel } from './outgoing.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

const itemHtml = ({ heading, isFiring, facts, link }: Item): string =>
  `<div style="margin:16px 0;padding:8px 12px;border-left:4px solid ${isFiring ? '#c0392b' : '#2e8b57'}">` +
  `<strong>${escaped(heading)}</strong>` +
  `<table style="border-spacing:0;margin-top:4px">${facts
    .map(
      ([name, value]) =>
        `<tr><td style="padding:1px 12px 1px 0;color:#555">${escaped(name)}</td><td>${escaped(value)}</td></tr>`,
    )
    .join('')}</table>` +
  (link === null ? '' : `<a href="${escaped(link)}">Open the alert</a>`) +
  '</div>';

const htmlOf = ({ title, intro, items, closing }: Words): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>` +
  '<body style="font:15px/1.45 system-ui,sans-serif;color:#222;max-width:640px;margin:0 auto;padding:16px">' +
  `<h1 style="font-size:18px">${escaped(title)}</h1>` +
  intro.map((line) => `<p>${escaped(line)}</p>`).join('') +
  items.map(itemHtml).join('') +
  closing.map((line) => `<p>${escaped(line)}</p>`).join('') +
  '</body></html>';

/** A notice as an e-mail, in plain text and in HTML. */
export const email = ({ content, dashboardUrl, recipient }: Parcel): Outgoing => {
  const words = wordsOf(content, dashboardUrl);
  return {
    by: 'email',
    to: recipient,
    subject: words.title.slice(0, 200),
    text: plainOf(words),
    html: htmlOf(words),
  };
};
