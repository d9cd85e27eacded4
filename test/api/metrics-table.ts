import { catalogue, type Metric } from '@rookery/monitoring/alerts/catalogue';

const span = (minutes: number): string => {
  if (minutes % 1_440 === 0) return `${minutes / 1_440} d`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
};

const lineOf = ({ name, unit, labels, window: { usual, least, most } }: Metric): string => {
  const told = labels.map((label) => `\`${label}\``).join(', ');
  const window = least === most ? 'now' : `${span(usual)} (${span(least)} to ${span(most)})`;
  return `| \`${name}\` | ${unit} | ${told === '' ? 'none' : told} | ${window} |`;
};

/** The catalogue of metrics as docs/alerts.md has it, a line of markdown each. */
export const metricsTable: readonly string[] = [
  '| metric | unit | labels | window |',
  '| --- | --- | --- | --- |',
  ...catalogue.map(lineOf),
];
