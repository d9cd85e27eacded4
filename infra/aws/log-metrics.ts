import type { FunctionName } from '../topology.ts';
import type { Functions } from './functions.ts';
import { logFilters, namespaceOf } from './log-filters.ts';
import { logical, physical } from './names.ts';

const groupOf = (made: Functions, name: FunctionName) =>
  made[name as keyof Functions].nodes.logGroup.apply((group) => {
    if (group === undefined) throw new Error(`function ${name} has no log group of its own`);
    return group.name;
  });

/** Makes metrics of what functions log, as log-filters.ts says. */
export const makeLogMetrics = (made: Functions): void => {
  for (const { metric, of, pattern, value, unit, dimensions } of logFilters)
    for (const name of of)
      new aws.cloudwatch.LogMetricFilter(`${logical(name)}${metric}`, {
        name: `${physical(name)}-${metric}`,
        logGroupName: groupOf(made, name),
        pattern,
        metricTransformation: {
          name: metric,
          namespace: namespaceOf($app.stage),
          value,
          unit,
          ...(dimensions === undefined ? {} : { dimensions: { ...dimensions } }),
        },
      });
};
