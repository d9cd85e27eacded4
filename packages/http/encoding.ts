/** How an answer may be packed. */
export type Encoding = 'br' | 'gzip';

/** The packing of an answer, of those offered: the first of those that the caller takes best, undefined where it takes none. */
export const chooseEncoding = (
  acceptEncoding: string | undefined,
  offered: readonly Encoding[] = ['br', 'gzip'],
): Encoding | undefined => {
  if (acceptEncoding === undefined) return undefined;
  const wishes = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    wishes.set(name, quality === undefined ? 1 : Number(quality.slice(2)));
  }
  const wish = (name: string): number => wishes.get(name) ?? wishes.get('*') ?? 0;
  return offered
    .filter((name) => wish(name) > 0)
    .reduce<Encoding | undefined>(
      (best, name) => (best === undefined || wish(name) > wish(best) ? name : best),
      undefined,
    );
};
