import { inMarkup } from '@rookery/kernel/text';
import type { ServiceStatus } from './state.ts';

/** What a badge shows: the state, or the uptime in percent where one is given (null: not known). */
export type BadgeAsk = {
  readonly label: string;
  readonly status: ServiceStatus;
  readonly uptime?: number | null;
};

// White on each has a contrast of at least 4.5.
const colours: Readonly<Record<ServiceStatus, string>> = {
  healthy: '#1a7f37',
  degraded: '#8a6100',
  down: '#b42318',
  unknown: '#57606a',
};

const words: Readonly<Record<ServiceStatus, string>> = {
  healthy: 'up',
  degraded: 'degraded',
  down: 'down',
  unknown: 'unknown',
};

const longestLabel = 60;

// XML has no way to write most control characters, nor halves of pairs.
const escaped = (text: string): string =>
  inMarkup(text.toWellFormed().replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' '));

const cut = (text: string): string => {
  const signs = Array.from(text);
  return signs.length <= longestLabel ? text : `${signs.slice(0, longestLabel - 1).join('')}…`;
};

// A hundred percent is only what had no second down.
const percent = (uptime: number): string =>
  `${uptime === 100 ? '100' : (Math.floor(uptime * 100) / 100).toFixed(2)} %`;

// The text is stretched to the width, so it fits in whatever font there is.
const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (/[\u0020-\u024f]/u.test(sign) ? 6.5 : 11), 0);

const part = (text: string, x: number, width: number): string =>
  `<text x="${x + 6}" y="14" textLength="${width}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;

/** An SVG image of a label with a state or an uptime beside it; it says so to screen readers, and loads nothing. */
export const badge = ({ label, status, uptime }: BadgeAsk): string => {
  const left = cut(label);
  const known = uptime === undefined || uptime === null ? 'unknown' : percent(uptime);
  const right = uptime === undefined ? words[status] : known;
  const [a, b] = [Math.ceil(widthOf(left)), Math.ceil(widthOf(right))];
  const [leftWidth, rightWidth] = [a + 12, b + 12];
  const width = leftWidth + rightWidth;
  const title = escaped(`${left}: ${right}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="${leftWidth}" height="20" fill="#24292f"/>`,
    `<rect x="${leftWidth}" width="${rightWidth}" height="20" fill="${colours[status]}"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
    part(left, 0, a),
    part(right, leftWidth, b),
    '</g></svg>',
  ].join('');
};
