// Draws what a tenant sent and was answered in the last 90 days. API and TOKEN come from the environment:
//   export TOKEN=$(npm run --silent rookery -- token --tenant heron-analytics --role tenant-admin)
//   npx node examples/series.ts
import { createRookery } from '@rookery/client/client';

const { API: baseUrl = 'http://127.0.0.1:8787', TOKEN: token } = process.env;
if (token === undefined) {
  console.error('TOKEN is not set: see the first lines of this file');
  process.exit(2);
}

const dayFrom = (daysAgo: number): string =>
  new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

const rookery = createRookery({ baseUrl, token });
const { data, error } = await rookery.GET('/v1/overview/series', {
  params: { query: { from: dayFrom(89), interval: 'day' } },
});
if (error !== undefined) {
  console.error(`${error.code}: ${error.detail ?? error.title} (${error.type})`);
  process.exit(1);
}

const width = 60;
const most = Math.max(1, ...data.data.map(({ sent }) => sent));
for (const { from, sent, replied, rates, mature } of data.data) {
  const bar = '▪'.repeat(Math.round((sent / most) * width));
  const share =
    rates.reply_rate.value === null ? '' : `${(rates.reply_rate.value * 100).toFixed(1)} %`;
  console.log(
    `${from} ${String(sent).padStart(6)} ${bar.padEnd(width)} ${String(replied).padStart(4)} replies ${share}${mature ? '' : ' so far'}`,
  );
}
const { sent, replied } = data.totals;
console.log(
  `${sent} sent, ${replied} answered; complete through ${data.complete_through ?? 'unknown'}`,
);
