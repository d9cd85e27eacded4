/** One cell of a table; null is shown as a dash, never as a zero. */
export type Field = string | number | boolean | null;

const figures = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A value as people read it: 83,083 for a number, a dash for what is not known. */
export const shown = (field: Field): string =>
  field === null ? '–' : typeof field === 'number' ? figures.format(field) : String(field);

/** So many of something: 1 cell, 83,083 cells. */
export const many = (count: number, one: string): string =>
  `${shown(count)} ${one}${count === 1 ? '' : 's'}`;

/**
 * Rows as aligned text under a head: columns of numbers to the right, others to the left.
 * `total` is set off below a rule.
 */
export const table = (
  head: readonly string[],
  rows: readonly (readonly Field[])[],
  total?: readonly Field[],
): string => {
  const all = total === undefined ? rows : [...rows, total];
  const widths = head.map((title, i) =>
    Math.max(title.length, ...all.map((row) => shown(row[i] ?? null).length)),
  );
  const numeric = head.map((_, i) =>
    all.every((row) => typeof row[i] !== 'string' || row[i] === ''),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (numeric[i] ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  const cells = (row: readonly Field[]): string => line(head.map((_, i) => shown(row[i] ?? null)));
  return [
    line(head),
    rule,
    ...rows.map(cells),
    ...(total === undefined ? [] : [rule, cells(total)]),
  ].join('\n');
};
