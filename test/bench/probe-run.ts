import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { runProbes, type Target } from '@rookery/probe/run';
import type { ProbeMix } from './measure-probes.ts';

// Run by measure-probes.ts in a process of its own, whose memory is that of a function and of nothing else.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- measure-probes.ts writes it
const mix = JSON.parse(process.argv[2] ?? '{}') as ProbeMix;

type Servers = { readonly port: number; readonly ca: string };

const startServers = async (): Promise<{ child: ChildProcess; servers: Servers }> => {
  const child = fork(new URL('probe-servers.ts', import.meta.url).pathname, { execArgv: [] });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is what the servers send
  const [servers] = (await once(child, 'message')) as [Servers];
  return { child, servers };
};

const pathOf = (at: number): string => {
  if (at < mix.hanging) return 'hang';
  return at < mix.hanging + mix.slow ? 'slow' : 'fine';
};

// As the seed sets services up: 30 seconds, three attempts more.
const targetOf = (at: number, port: number): Target => ({
  probe: {
    kind: 'http',
    url: `https://localhost:${port}/${pathOf(at)}`,
    json_conditions: [{ path: '$.status', op: 'equals', value: 'up' }],
    certificate: {},
  },
  timeoutSeconds: 30,
  retries: 3,
  isPlatform: false,
});

const { child, servers } = await startServers();
try {
  const began = performance.now();
  const before = process.cpuUsage();
  // Spread as they would be: hanging ones that all come first fill the lanes at once.
  const targets = Array.from({ length: mix.targets }, (_, at) =>
    targetOf((at * 7_919) % mix.targets, servers.port),
  );
  const { checked } = await runProbes(targets, {
    exceptions: [`localhost:${servers.port}`],
    ca: servers.ca,
    references: [],
  });
  const { user, system } = process.cpuUsage(before);
  const outcomes: Record<string, number> = {};
  for (const { finding } of checked)
    outcomes[finding.outcome] = (outcomes[finding.outcome] ?? 0) + 1;
  console.log(
    JSON.stringify({
      targets: mix.targets,
      seconds: (performance.now() - began) / 1_000,
      cpuSeconds: (user + system) / 1e6,
      peakMb: process.resourceUsage().maxRSS / 1_024,
      outcomes,
    }),
  );
} finally {
  child.kill();
}
