import type { Answer } from './wire.ts';

const encoded = /[\w-]{12,}/g;

/**
 * The marks that an answer holds, in its body or a header, plain or in base64url as cursors are; what the caller said
 * itself may come back and is passed over.
 */
export const marksIn = (
  { text, headers }: Pick<Answer, 'text' | 'headers'>,
  marks: readonly string[],
  said: readonly string[] = [],
): string[] => {
  let whole = `${text}\n${JSON.stringify(headers)}`;
  for (const echo of said) {
    if (echo === '') continue;
    whole = whole
      .replaceAll(echo, '')
      .replaceAll(JSON.stringify(echo).slice(1, -1), '')
      .replaceAll(encodeURIComponent(echo), '');
  }
  const decoded = (whole.match(encoded) ?? []).map((part) =>
    said
      .filter((echo) => echo !== '')
      .reduce(
        (rest, echo) => rest.replaceAll(echo, ''),
        Buffer.from(part, 'base64url').toString('utf8'),
      ),
  );
  return marks.filter(
    (mark) => whole.includes(mark) || decoded.some((part) => part.includes(mark)),
  );
};

// They differ between any two answers, also to the same question.
const volatile = new Set([
  'date',
  'x-request-id',
  'apigw-requestid',
  'rookery-as-of',
  'rookery-complete-through',
  'ratelimit-remaining',
  'ratelimit-reset',
  'content-length',
  'etag',
  // Signed anew each time, with an id of its own.
  'rookery-manifest',
]);

/** An answer without what differs between any two answers: instants, request ids, and what the caller said itself. */
export const lasting = (
  { status, headers, text }: Answer,
  said: readonly string[] = [],
): object => {
  let body = text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '@');
  for (const echo of said.toSorted((a, b) => b.length - a.length))
    // A number is an id only where it stands alone.
    body = /^\d+$/.test(echo)
      ? body.replaceAll(new RegExp(`(?<![\\w.:-])${echo}(?![\\w.-])`, 'g'), '…')
      : body.replaceAll(JSON.stringify(echo).slice(1, -1), '…');
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !volatile.has(name))),
    body: body
      .replaceAll(/"request_id":"[^"]*"/g, '"request_id":"…"')
      // How much of a period is over grows by itself.
      .replaceAll(/"elapsed_share":[\d.]+/g, '"elapsed_share":0')
      // A look at the head of the audit is an entry of it.
      .replaceAll(/"seq":\d+,"hash":"\w{64}","updated":"@","entries":\d+/g, '"head":"…"'),
  };
};
