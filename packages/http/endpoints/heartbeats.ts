import * as z from 'zod';
import type { Endpoints } from '../contract.ts';
import { instant } from '../fields.ts';
import { textOrNone } from '../streams/texts.ts';
import { idIn } from './setting.ts';

const body = z
  .strictObject({
    status: z.enum(['ok', 'fail']).meta({
      description: 'How the job went; after a fail the service is down at once.',
    }),
    message: textOrNone(500).optional().meta({ description: 'What the job says, for people.' }),
  })
  .meta({ id: 'HeartbeatPing' });

/** Where jobs say that they ran. */
export const heartbeatEndpoints = {
  sendHeartbeat: {
    method: 'POST',
    path: '/v1/heartbeats/{heartbeat_id}',
    tag: 'Services',
    summary: 'Tells that a job ran',
    description:
      'A service whose probe is a heartbeat is down when no ping comes in its period and grace. With an API key of the scope `heartbeats`, or `heartbeat:` and the id of the service, or with a token. The same ping twice changes nothing.',
    roles: ['tenant-member', 'tenant-admin', 'operator'],
    params: z.strictObject({ heartbeat_id: idIn('service') }),
    query: z.strictObject({}),
    body,
    response: z
      .object({ data: z.object({ id: z.string(), heartbeat_at: instant }) })
      .meta({ id: 'HeartbeatTaken' }),
    apiKey: 'heartbeat:{heartbeat_id}',
    cache: 'none',
    // Jobs end on the same minute, and one that is not heard is down: more of them than of changes.
    rate: 'ingest',
    examples: [{ title: 'It ran', params: { heartbeat_id: 'backup' }, body: { status: 'ok' } }],
  },
} as const satisfies Endpoints;
