import { inMarkup } from '@rookery/kernel/text';
import { plainOf, wordsOf, type Item, type Words } from '../template.ts';
import type { Outgoing, Parcel } from './outgoing.ts';

const itemHtml = ({ heading, isFiring, facts, link }: Item): string =>
  `<div style="margin:16px 0;padding:8px 12px;border-left:4px solid ${isFiring ? '#c0392b' : '#2e8b57'}">` +
  `<strong>${inMarkup(heading)}</strong>` +
  `<table style="border-spacing:0;margin-top:4px">${facts
    .map(
      ([name, value]) =>
        `<tr><td style="padding:1px 12px 1px 0;color:#555">${inMarkup(name)}</td><td>${inMarkup(value)}</td></tr>`,
    )
    .join('')}</table>` +
  (link === null ? '' : `<a href="${inMarkup(link)}">Open the alert</a>`) +
  '</div>';

const htmlOf = ({ title, intro, items, closing }: Words): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${inMarkup(title)}</title></head>` +
  '<body style="font:15px/1.45 system-ui,sans-serif;color:#222;max-width:640px;margin:0 auto;padding:16px">' +
  `<h1 style="font-size:18px">${inMarkup(title)}</h1>` +
  intro.map((line) => `<p>${inMarkup(line)}</p>`).join('') +
  items.map(itemHtml).join('') +
  closing.map((line) => `<p>${inMarkup(line)}</p>`).join('') +
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
