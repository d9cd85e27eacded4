const known = ['br', 'gzip'] as const;

/** The packing of an answer: br before gzip where the caller takes both alike, undefined where it takes neither. */
export const chooseEncoding = (acceptEncoding: string | undefined): 'br' | 'gzip' | undefined => {
  if (acceptEncoding === undefined) return undefined;
  const wishes = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    wishes.set(name, quality === undefined ? 1 : Number(quality.slice(2)));
  }
  const wish = (name: string): number => wishes.get(name) ?? wishes.get('*') ?? 0;
  const best = known.reduce((a, b) => (wish(b) > wish(a) ? b : a));
  return wish(best) > 0 ? best : undefined;
};
