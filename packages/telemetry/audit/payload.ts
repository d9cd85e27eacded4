import { isFields } from '../json.ts';

// olap.payload_field of migration 0060 has the same five; test/contracts/audit-actions.test.ts compares their answers.
const refused = [
  /(^|_)(request|response)(_(body|data|headers?|payload|text))?$/,
  /(^|_)(body|html|content|payload|headers?|attachments?|snippet|query_text|sql|stack_trace)$/,
  /^((email|message)_)?subject$/,
  /_ms$|milliseconds|(^|_)(latency|elapsed|throughput|complexity(_score)?|rows_(scanned|returned|read)|queue_depth)$/,
  /^(cpu|memory|disk|pool)(_|$)|^(page_(url|views?)|click_target|utm_.*|referrer|distinct_id|scroll.*|keep_?alive)$/,
];

const snake = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();

/**
 * The name of a field, at any depth, that the compliance audit does not take (B2): a whole request or response, a content,
 * a measurement, an interface event. Null when there is none. Names are compared in snake case.
 */
export const payloadField = (value: unknown): string | null => {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) open.push(...next);
    else if (isFields(next))
      for (const [name, field] of Object.entries(next)) {
        if (refused.some((pattern) => pattern.test(snake(name)))) return name;
        open.push(field);
      }
  }
  return null;
};
