import { vi } from 'vitest';

/** What a piece of work writes to standard output, its lines read as JSON. */
export const printedBy = async (
  work: () => Promise<unknown>,
): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  let text = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await work();
  } finally {
    out.mockRestore();
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Readonly<Record<string, unknown>> => JSON.parse(line));
};
