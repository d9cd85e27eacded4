import * as z from 'zod';
import { instant } from '../fields.ts';

/** The span of time that an answer covers, which ends with the bucket that runs. */
export const window = z.object({ from: instant, to: instant }).meta({
  id: 'Window',
  description:
    'Half-open instants [from, to), cut at whole buckets so that nothing asked for is left out.',
});
