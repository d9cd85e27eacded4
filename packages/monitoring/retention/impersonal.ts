import { redacted, redactedText } from '../payload/payload.ts';

const mark = '[redacted]';
// An address of a page or a thing says where somebody was; what it points to is of no use to a record that old.
const links = /\bhttps?:\/\/[^\s"'<>]+/gi;

const withoutLinks = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll(links, mark);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutLinks);
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name.replaceAll(links, mark),
      withoutLinks(field),
    ]),
  );
};

/** JSON without e-mail addresses, IP addresses, links and secrets, however deep; null stays null. */
export const impersonal = (value: unknown): unknown => redacted(withoutLinks(value));

/** The same of a text, cut to so many characters. */
export const impersonalText = (text: string, characters: number): string =>
  redactedText(text.replaceAll(links, mark), characters);
