import { createServer } from 'node:https';
import { openAuthority } from '../world/certificate.ts';
import { listening } from '../world/outbound-room.ts';

// The servers that probe-run.ts asks, in a process of their own: their time and memory are not those of a prober.
const authority = openAuthority();
const body = JSON.stringify({ status: 'up', note: 'x'.repeat(2_000) });

const server = createServer(authority.issue(['localhost']), (request, response) => {
  if (request.url === '/hang') return;
  setTimeout(() => response.end(body), request.url === '/slow' ? 2_000 : 20);
});

const port = await listening(server);
process.send?.({ port, ca: authority.ca });
