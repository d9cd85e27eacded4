import { plainOf, wordsOf } from '../template.ts';
import type { Outgoing, Parcel } from './outgoing.ts';

/** A notice as people find it in the product. */
export const inApp = ({ content, dashboardUrl }: Parcel): Outgoing => {
  const words = wordsOf(content, dashboardUrl);
  return { by: 'in-app', title: words.title, body: plainOf(words) };
};
