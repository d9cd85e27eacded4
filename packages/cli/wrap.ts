const leastWidth = 40;
const mostWidth = 120;

/** The width to write for: that of the terminal within reason, and 100 where there is none. */
export const widthOf = ({ columns }: { readonly columns?: number | undefined }): number =>
  columns === undefined ? 100 : Math.min(mostWidth, Math.max(leastWidth, columns));

/** A line cut at spaces to a width; what goes on is indented by `hang`. A word that is longer stays whole. */
export const wrapped = (line: string, width: number, hang = 2): string => {
  const lead = /^\s*/.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let now = lead;
  for (const word of line.slice(lead.length).split(' ')) {
    const isFirst = now.trim() === '';
    if (!isFirst && now.length + 1 + word.length > width) {
      lines.push(now);
      now = ' '.repeat(hang) + word;
    } else now += isFirst ? word : ` ${word}`;
  }
  return [...lines, now].join('\n');
};
