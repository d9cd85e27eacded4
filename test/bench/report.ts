import { cpus, totalmem } from 'node:os';
import { figure, isMet, type Line } from './line.ts';

/** Where and when a table was measured; no name of a machine. */
export type Circumstances = {
  readonly date: string;
  readonly emails: number;
  readonly postgres: string;
  readonly data: string;
};

const outcome = (line: Line): string => {
  const met = isMet(line);
  if (met === undefined) return '';
  return met ? 'met' : '**missed**';
};

const target = ({ bound, unit }: Line): string => {
  if (bound === undefined) return '';
  return 'most' in bound ? `≤ ${bound.most} ${unit}` : `≥ ${bound.least} ${unit}`;
};

const value = ({ value, unit }: Line): string => `${figure(value)} ${unit}`;

const rowOf = (line: Line): string[] => [
  line.name,
  value(line),
  target(line),
  outcome(line),
  line.measured,
];
const head = ['', 'now', 'target', '', 'measured'];

/** The table as people read it in a terminal. */
export const asText = (lines: readonly Line[]): string =>
  lines
    .map((line) => {
      const [name, now, aim, met, measured] = rowOf(line);
      return `${now?.padStart(14)}  ${`${aim} ${met}`.padEnd(18)} ${name}\n${' '.repeat(36)}${measured}`;
    })
    .join('\n');

const table = (lines: readonly Line[]): string =>
  [head, head.map(() => '---'), ...lines.map(rowOf)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const gib = (bytes: number): string => `${Math.round(bytes / 2 ** 30)} GiB`;

/** One section of docs/performance.md. */
export const asSection = (
  { date, emails, postgres, data }: Circumstances,
  lines: readonly Line[],
  only?: string,
): string =>
  `## ${emails.toLocaleString('en')} e-mails${only === undefined ? '' : `: ${only.replaceAll(',', ', ')}`}

${date}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${gib(totalmem())} memory, Postgres ${postgres}, Node ${process.versions.node}. ${data}

${table(lines)}
`;
