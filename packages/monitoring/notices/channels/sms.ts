import { wordsOf } from '../template.ts';
import type { Outgoing, Parcel } from './outgoing.ts';

const longest = 160;

// GSM 03.38 without its extension: each of these characters is one of the 160. Any other would halve what fits.
const gsm = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

const instead: Readonly<Record<string, string>> = {
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '’': "'",
  '„': '"',
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
};

const inGsm = (character: string): string => {
  if (gsm.has(character)) return character;
  const known = instead[character] ?? character.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return known.length === 1 && gsm.has(known) ? known : '?';
};

/** A text that fits into one message of 160 characters. */
export const oneMessage = (text: string): string => {
  const written = Array.from(text, inGsm).join('');
  return written.length <= longest ? written : `${written.slice(0, longest - 3)}...`;
};

/** A notice as one text message: its title, and the value of its first alert. */
export const sms = ({ content, recipient }: Parcel): Outgoing => {
  const { title, items } = wordsOf({ ...content, template: 'brief' }, null);
  const value = items[0]?.facts[0]?.[1];
  return {
    by: 'sms',
    to: recipient,
    text: oneMessage(value === undefined ? title : `${title}. ${value}`),
  };
};
