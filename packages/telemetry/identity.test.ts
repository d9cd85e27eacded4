import * as fc from 'fast-check';
import { v5 } from 'uuid';
import { expect, test } from 'vitest';
import { canonical, eventId, rejectionId } from './identity.ts';

const eventSpace = '0c1b8a52-93a5-4a3e-9a0a-3e9d5b0f7c61';
const rejectionSpace = 'b7d0a3c4-5f0e-4d55-8a63-61f2f5a7e9d2';

test('an id is the UUID of version 5 that the package uuid makes, whatever is named', () => {
  const name = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(name, name, name, (tenant, event, id) => {
      const named = v5(JSON.stringify([tenant, event, id]), eventSpace);
      expect(eventId(tenant, event, id)).toBe(named);
      const refused = v5(`${JSON.stringify(tenant)}${canonical({ id })}`, rejectionSpace);
      expect(rejectionId(tenant, { id })).toBe(refused);
    }),
    { numRuns: 100 },
  );
});
