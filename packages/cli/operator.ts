import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';

/** Who sits at this machine, as the audit records him: there is no request, and the command stands for its client. */
export const operatorOf = (command: string) => ({
  subject: `cli:${userInfo().username}`,
  role: 'operator',
  sourceIp: '127.0.0.1',
  userAgent: `rookery ${command}`,
  requestId: randomUUID(),
  eventId: randomUUID(),
  now: new Date(),
});
