import { redactedText } from '../payload/payload.ts';
import { isSecretName } from '../payload/secret-name.ts';
import { mark } from '../payload/text.ts';
import type { PerformanceItem } from './write-series.ts';

const widths = { endpoint: 500, tagName: 100, tag: 200 };

/**
 * Items without secrets and personal data in their endpoints and tags, because rows keep these for as long as a year. What then
 * reads the same is one series. A batch says the same over and over, so that each text is looked at once.
 */
export const withoutPersons = (items: readonly PerformanceItem[]): PerformanceItem[] => {
  const known = new Map<string, string>();
  const clean = (text: string, characters: number): string => {
    const name = `${characters} ${text}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const cleaned = redactedText(text, characters);
    known.set(name, cleaned);
    return cleaned;
  };
  const tag = ([name, value]: [string, string]) => [
    clean(name, widths.tagName),
    isSecretName(name) ? mark : clean(value, widths.tag),
  ];
  return items.map((item) => ({
    ...item,
    ...(item.endpoint === undefined ? {} : { endpoint: clean(item.endpoint, widths.endpoint) }),
    ...(item.tags === undefined
      ? {}
      : { tags: Object.fromEntries(Object.entries(item.tags).map(tag)) }),
  }));
};
