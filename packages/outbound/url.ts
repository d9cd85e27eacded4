import { refused } from './failure.ts';
import { targetOf, type Policy, type Target } from './policy.ts';

const longest = 500;
const portOf: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** A URL that policy allows by its looks, with its target. */
export type CheckedUrl = { readonly url: URL; readonly target: Target };

/** Judges a URL, or a location relative to one, before anything is looked up; fails with `outbound-refused`. */
export const checkedUrl = (text: string, policy: Policy, base?: URL): CheckedUrl => {
  if (text.length > longest) throw refused(`the URL is longer than ${longest} characters`);
  const url = URL.parse(text, base?.href);
  if (url === null || url.href.length > 3 * longest) throw refused('the URL cannot be read');
  const standard = portOf[url.protocol];
  if (standard === undefined) throw refused(`the URL is of ${url.protocol}, not http: or https:`);
  if (url.username !== '' || url.password !== '') throw refused('the URL holds credentials');
  const port = url.port === '' ? standard : Number(url.port);
  return { url, target: targetOf(url.hostname, port, policy) };
};
