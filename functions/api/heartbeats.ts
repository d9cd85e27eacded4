import { heartbeatEndpoints } from '@rookery/http/endpoints/heartbeats';
import { writeFunction } from '@rookery/lambda/write';
import { ping } from '@rookery/monitoring/health/ping';

/** POST /v1/heartbeats/{heartbeat_id}: a job tells that it ran. */
export const handler = writeFunction(heartbeatEndpoints, {
  sendHeartbeat: async ({ tenantId, params, body, now, transaction }) => {
    const id = params.heartbeat_id;
    const { status, message = null } = body;
    const { heartbeat_at } = await transaction('api', (tx) =>
      ping(tx, { tenantId, id, status, message, now }),
    );
    return { body: { data: { id, heartbeat_at: heartbeat_at.toISOString() } } };
  },
});
