import { wordsOf, type Item } from '../template.ts';
import type { Outgoing, Parcel } from './outgoing.ts';

// https://api.slack.com/reference/block-kit/blocks: 150 characters in a header, 3,000 in a section, 50 blocks.
const headerLength = 150;
const sectionLength = 2_900;

// Texts of tenants never reach Slack's markup: as plain_text `<!channel>` calls nobody.
const plain = (text: string, most: number) => ({
  type: 'plain_text',
  text: text.slice(0, most),
  emoji: false,
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const sectionOf = ({ heading, facts, link }: Item) => ({
  type: 'section',
  text: plain(
    [heading, ...facts.map(([name, value]) => `${name}: ${value}`)].join('\n'),
    sectionLength,
  ),
  ...(link === null
    ? {}
    : { accessory: { type: 'button', text: plain('Open', 75), url: link.slice(0, 3_000) } }),
});

/** A notice as the blocks of an incoming webhook, whose URL is the secret of its target. */
export const slack = ({ content, dashboardUrl, secrets }: Parcel): Outgoing => {
  const { title, intro, items, closing } = wordsOf(content, dashboardUrl);
  const prose = (line: string) => ({ type: 'section', text: plain(line, sectionLength) });
  const blocks = [
    { type: 'header', text: plain(title, headerLength) },
    ...intro.map(prose),
    ...items.map(sectionOf),
    { type: 'context', elements: closing.map((line) => plain(line, sectionLength)) },
  ];
  const body = JSON.stringify({ text: escaped(title), blocks });
  return { by: 'http', call: { url: secrets[0] ?? '', body, sign: null } };
};
