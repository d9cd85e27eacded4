/**
 * Writes lines of CloudWatch's embedded metric format, of which it makes metrics without a call. No level of the log keeps
 * them back, and they are not the log's own lines: no field may come between. POWERTOOLS_METRICS_DISABLED does, where none reads
 * them.
 */
export const writeMetrics = (lines: readonly object[]): void => {
  if (process.env['POWERTOOLS_METRICS_DISABLED'] === 'true') return;
  for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
};
