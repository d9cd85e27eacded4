import { isIPv4, isIPv6 } from 'node:net';

/** One mechanism or modifier of an SPF record. */
export type SpfTerm = {
  readonly qualifier: '+' | '-' | '~' | '?';
  readonly name: string;
  /** What follows the colon or the equals sign; empty when nothing does. */
  readonly value: string;
  /** As it is written. */
  readonly text: string;
};

/** An SPF record that can be read. */
export type SpfRecord = { readonly terms: readonly SpfTerm[] };

/** RFC 7208 §4.6.4: more terms that look something up make every receiver give up. */
export const mostLookups = 10;

// §7.1: a name may hold macros; without one it needs a dot.
const isDomainSpec = (value: string): boolean =>
  value.length <= 253 &&
  /^(?:[!-$&-~]|%\{[slodiphcrtv]\d*r?[-.+,/_=]*\}|%[%_-])+$/i.test(value) &&
  (value.includes('%{') || /[^.]\.[a-z0-9-]*[a-z][a-z0-9-]*\.?$/i.test(value));

const isLength = (digits: string | undefined, most: number): boolean =>
  digits === undefined || (/^(?:0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= most);

const isNetwork = (value: string, isAddress: (text: string) => boolean, most: number): boolean => {
  const [address = '', length, ...more] = value.split('/');
  return more.length === 0 && isAddress(address) && isLength(length, most);
};

// a, a:name, a/24, a:name/24//64, a//64
const isHosts = (value: string): boolean => {
  const [, name, v4, v6] = /^(?::(.*?))?(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(value) ?? [];
  if (!/^(?::.*?)?(?:\/\d+)?(?:\/\/\d+)?$/.test(value)) return false;
  return (name === undefined || isDomainSpec(name)) && isLength(v4, 32) && isLength(v6, 128);
};

const needsName = (value: string): boolean => value.startsWith(':') && isDomainSpec(value.slice(1));

const mechanisms: Readonly<Record<string, (rest: string) => boolean>> = {
  all: (rest) => rest === '',
  include: needsName,
  exists: needsName,
  a: isHosts,
  mx: isHosts,
  ptr: (rest) => rest === '' || needsName(rest),
  ip4: (rest) => rest.startsWith(':') && isNetwork(rest.slice(1), isIPv4, 32),
  ip6: (rest) => rest.startsWith(':') && isNetwork(rest.slice(1), isIPv6, 128),
};

const qualifiers = ['+', '-', '~', '?'] as const;

const modifier = (text: string): SpfTerm | null => {
  const [, name = '', value = ''] = /^([a-z][a-z0-9._-]*)=(.*)$/i.exec(text) ?? [];
  if (name === '') return null;
  const isNamed = ['redirect', 'exp'].includes(name.toLowerCase());
  if (isNamed && !isDomainSpec(value)) return null;
  return { qualifier: '+', name: name.toLowerCase(), value, text };
};

const mechanism = (text: string): SpfTerm | null => {
  const qualifier = qualifiers.find((each) => text.startsWith(each));
  const bare = qualifier === undefined ? text : text.slice(1);
  const [, name = '', rest = ''] = /^([a-z0-9]+)([:/].*)?$/i.exec(bare) ?? [];
  if (mechanisms[name.toLowerCase()]?.(rest) !== true) return null;
  const value = rest.startsWith(':') ? rest.slice(1) : rest;
  return { qualifier: qualifier ?? '+', name: name.toLowerCase(), value, text };
};

const repeated = (terms: readonly SpfTerm[]): string | undefined =>
  ['redirect', 'exp'].find((name) => terms.filter((term) => term.name === name).length > 1);

/** The TXT records that mean to be SPF. */
export const spfRecords = (texts: readonly string[]): string[] =>
  texts.filter((text) => /^v=spf1(?: |$)/i.test(text));

/** An SPF record (RFC 7208) as its terms; a sentence on what is wrong with it otherwise. */
export const parseSpf = (record: string): SpfRecord | string => {
  const terms: SpfTerm[] = [];
  for (const text of record.slice('v=spf1'.length).split(' ')) {
    if (text === '') continue;
    const term = modifier(text) ?? mechanism(text);
    if (term === null) return `has a term that is not valid: ${JSON.stringify(text.slice(0, 60))}`;
    terms.push(term);
  }
  const twice = repeated(terms);
  return twice === undefined ? { terms } : `has ${twice} twice`;
};

/** True for terms that cost a receiver a look-up. */
export const looksUp = ({ name }: SpfTerm): boolean =>
  ['include', 'a', 'mx', 'ptr', 'exists', 'redirect'].includes(name);

/** The terms that a receiver may come to: with an all, what stands behind it is not among them, nor is any redirect. */
export const reachable = ({ terms }: SpfRecord): readonly SpfTerm[] => {
  const end = terms.findIndex(({ name }) => name === 'all');
  if (end < 0) return terms;
  return terms.slice(0, end + 1).filter(({ name }) => name !== 'redirect');
};

/** How a record ends for mail that nothing before matched: its all; null without one. */
export const endOf = ({ terms }: SpfRecord): SpfTerm['qualifier'] | null =>
  terms.find(({ name }) => name === 'all')?.qualifier ?? null;
