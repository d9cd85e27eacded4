import { expect, test } from 'vitest';
import { rejectionCodes } from '@rookery/telemetry/admit';
import { entry, type Plan } from '@rookery/telemetry/plan/entry';
import { plan } from '@rookery/telemetry/plan/plan';
import * as z from 'zod';
import { eventsDocument } from './events-document.ts';

test('every event has a row, a section with its properties, and an example; every refusal says what to do', () => {
  const { file, text } = eventsDocument();
  expect(file).toBe('docs/events.md');
  for (const [name, { description, example, properties }] of Object.entries(plan)) {
    expect(text).toContain(`| [\`${name}\`](#${name}) | ${description} |`);
    const section = text.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
    for (const property of Object.keys(properties.shape))
      expect(section).toContain(`| \`${property}\` |`);
    expect(section).toContain(JSON.stringify(example, null, 2));
  }
  for (const code of rejectionCodes) expect(text).toContain(`| \`${code}\` |`);
});

test('an event that is new in the plan is in the document, with what is personal and how much is kept', () => {
  const panel_moved = entry({
    nature: 'behaviour',
    description: 'Somebody moved a panel.',
    owner: 'growth',
    version: 2,
    sinks: ['posthog'],
    pii: ['email'],
    sample: 0.1,
    properties: z.strictObject({ side: z.enum(['left', 'right']), email: z.email().optional() }),
    example: { side: 'left' },
  });
  const known: Plan = { panel_moved };
  const { text } = eventsDocument(known);
  expect(text).toContain(
    'Version 2, owned by growth; nature behaviour, goes to posthog. 10 % are kept',
  );
  expect(text).toContain('| `side` | `left`, `right` | yes |  |');
  expect(text).toContain('| `email` | email |  | yes |');
});
