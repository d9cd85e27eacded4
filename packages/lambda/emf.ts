/**
 * Writes lines of CloudWatch's embedded metric format, of which it makes metrics without a call. No level of the log keeps
 * them back, and they are not the log's own lines: no field may come between.
 */
export const writeMetrics = (lines: readonly object[]): void => {
  for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
};
