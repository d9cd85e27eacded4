import { exportEndpoints } from '@rookery/http/endpoints/exports';
import { judged, type Finding, type SmokeCheck } from './smoke-check.ts';
import { codeOf, open, typeOf, type Stage } from './smoke-stage.ts';
import { many } from './table.ts';

const path = '/v1/exports/campaign-days';
const row = exportEndpoints.exportCampaignDays.response;

/** An export as it came in: when its first line was there, and when all of it. */
type Arrived = {
  readonly response: Response;
  readonly text: string;
  readonly firstLineMs: number | undefined;
  readonly endMs: number;
};

const arrived = async (stage: Stage, encoding: string): Promise<Arrived> => {
  const began = performance.now();
  const headers = { 'accept-encoding': encoding, accept: 'application/x-ndjson' };
  const response = await open(stage, path, { isSigned: true, headers });
  const decoder = new TextDecoder();
  let text = '';
  let firstLineMs: number | undefined;
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (firstLineMs === undefined && text.includes('\n')) firstLineMs = performance.now() - began;
  }
  return { response, text, firstLineMs, endMs: performance.now() - began };
};

const isRow = (line: string): boolean => {
  try {
    return row.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
};

const faultsOf = ({ response, text }: Arrived): (string | false)[] => {
  const { status, headers } = response;
  const answer = { status, headers, text };
  if (status !== 200) return [`status ${status}, ${codeOf(answer) ?? typeOf(answer)}`];
  const lines = text.split('\n').slice(0, -1);
  const wrong = lines.findIndex((line) => !isRow(line));
  return [
    typeOf(answer) !== 'application/x-ndjson' && `it is ${typeOf(answer)}`,
    wrong >= 0 && `line ${wrong + 1} is no row of the contract`,
    text !== '' && !text.endsWith('\n') && 'it ends in the middle of a line',
    // Who writes while it reads cannot know how long it will be: who knows has held it back whole. Times do not tell: of
    // 20,040 rows the first came after 24 % of the time, and after 87 % from one who held them back (2026-11).
    text !== '' &&
      headers.has('content-length') &&
      'its length was known before its first line: it is held back',
  ];
};

const advice =
  'exports go to a function URL with InvokeMode RESPONSE_STREAM, not through the gateway: is --streams the right URL?';

const streamed = async (stage: Stage): Promise<Finding> => {
  const found = await arrived(stage, 'identity');
  const { text, firstLineMs, endMs } = found;
  const rows = text.split('\n').length - 1;
  const times = `${many(rows, 'row')}: the first after ${Math.round(firstLineMs ?? 0)} ms, the end after ${Math.round(endMs)} ms`;
  const finding = judged(faultsOf(found), times, advice);
  if (finding.verdict !== 'ok' || rows > 0) return finding;
  return {
    verdict: 'warn',
    found: 'an empty stream: the tenant has no campaign of the last 30 days',
    advice: 'take a token of a tenant that has e-mails, to see rows',
  };
};

const packed = async (stage: Stage): Promise<Finding> => {
  const found = await arrived(stage, 'gzip');
  const encoding = found.response.headers.get('content-encoding');
  return judged(
    [...faultsOf(found), encoding !== 'gzip' && `content-encoding is ${encoding ?? 'missing'}`],
    'comes packed, and says the same kind of rows',
    advice,
  );
};

/** Exports, which are written while they are read. */
export const streamChecks: readonly SmokeCheck[] = [
  { name: 'stream', needs: 'token', look: streamed },
  { name: 'stream, gzip', needs: 'token', look: packed },
];
