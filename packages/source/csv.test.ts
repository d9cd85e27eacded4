import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { contract } from './contract.ts';
import { readCsv } from './csv.ts';
import { emailsFormat, oddity, tenantsFormat, type Format } from './csv-format.ts';

const read = async (text: string, format: Format, rowsPerChunk = 100) => {
  const chunks = [];
  for await (const chunk of readCsv('file.csv', Readable.from([text]), format, rowsPerChunk))
    chunks.push(chunk);
  return chunks;
};

const header = emailsFormat.map((field) => field.name).join(',');
const email = (change: Record<string, string> = {}): string => {
  const plain: Record<string, string> = {
    email_id: 'e1',
    tenant_id: 't1',
    company_id: 'co1',
    campaign_id: 'c1',
    step_id: 's1',
    mailbox_id: 'm1',
    lead_id: 'l1',
    status: 'delivered',
    sent_at: '2025-02-01T09:00:00Z',
    ...change,
  };
  return emailsFormat.map((field) => plain[field.name] ?? '').join(',');
};

test('the columns of a file of e-mails are those of the contract, in its order', () => {
  expect(emailsFormat.map((field) => field.name)).toEqual(Object.keys(contract.emails));
  expect(tenantsFormat.map((field) => field.name)).toEqual(Object.keys(contract.tenants));
});

test('rows come in chunks, column by column, each with its line', async () => {
  const text = 'timezone,tenant_id\nUTC,t1\n\nAsia/Kolkata,"t\n2"\nPacific/Apia,t3\n';

  const chunks = await read(text, tenantsFormat, 2);

  expect(chunks).toEqual([
    {
      rows: 2,
      columns: [
        ['t1', 't\n2'],
        [null, null],
        ['UTC', 'Asia/Kolkata'],
        [null, null],
      ],
      lines: [2, 5],
    },
    { rows: 1, columns: [['t3'], [null], ['Pacific/Apia'], [null]], lines: [6] },
  ]);
});

describe('a broken file is refused with file, line and column', () => {
  test.each([
    ['file.csv: it is empty; the first line must name the columns', ''],
    ['file.csv line 1: column timezone is missing', 'tenant_id\nt1'],
    ['file.csv line 1: unknown column "colour"; columns are', 'tenant_id,timezone,colour\n'],
    ['file.csv line 1: column timezone is there twice', 'tenant_id,timezone,timezone\n'],
    [
      'line 2, column timezone: "Mars/Olympus" is not an IANA',
      'tenant_id,timezone\nt1,Mars/Olympus\n',
    ],
    ['line 2, column timezone: "+02:00" is not an IANA', 'tenant_id,timezone\nt1,+02:00\n'],
    ['line 2, column tenant_id: it is empty', 'tenant_id,timezone\n,UTC\n'],
    [
      'line 4, column tenant_id: "t1" is already on line 2',
      'tenant_id,timezone\nt1,UTC\nt2,UTC\nt1,UTC\n',
    ],
    ['file.csv line 2: it has another number of fields', 'tenant_id,timezone\nt1\n'],
    ['a quote is opened and never closed', 'tenant_id,timezone\n"t1,UTC\n'],
    ['file.csv line 2: a quote opens in the middle of a field', 'tenant_id,timezone\nt"1,UTC\n'],
    ['file.csv line 2: there is text after a closing quote', 'tenant_id,timezone\n"t"1,UTC\n'],
    ['line 2, column tenant_id: "t\\u0000" holds a NUL', 'tenant_id,timezone\nt\0,UTC\n'],
    [
      'it is longer than 1 MB; is a quote left open?',
      `tenant_id,timezone\n"${'x'.repeat(1_100_000)}`,
    ],
    [
      'line 2, column billing_anchor: "32" is not a day',
      'tenant_id,timezone,billing_anchor\nt1,UTC,32\n',
    ],
  ])('%s', async (message, text) => {
    await expect(read(text, tenantsFormat)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'csv-broken',
      message: expect.stringContaining(message),
    });
  });

  test('a cut gzip file', async () => {
    const whole = gzipSync('tenant_id,timezone\nt1,UTC\n');
    const cut = Readable.from([whole.subarray(0, whole.length - 12)]).pipe(createGunzip());

    const reading = async () => {
      for await (const _ of readCsv('t.csv.gz', cut, tenantsFormat, 1_000)) continue;
    };

    await expect(reading()).rejects.toThrow(
      't.csv.gz: the gzip data is broken (unexpected end of file)',
    );
  });
});

describe('values of an e-mail', () => {
  test.each([
    '2025-02-01T09:00:00Z',
    '2025-02-01T09:00:00.123456+05:30',
    '2025-02-01 09:00:00+00',
    '2024-02-29T23:59Z',
  ])('takes the timestamp %s', async (sent_at) => {
    await expect(read(`${header}\n${email({ sent_at })}`, emailsFormat)).resolves.toHaveLength(1);
  });

  test.each([
    'yesterday',
    '2025-02-01',
    '2025-02-01T09:00:00',
    '2025-02-30T09:00:00Z',
    '1738400400',
  ])('refuses the timestamp %s', async (sent_at) => {
    await expect(read(`${header}\n${email({ sent_at })}`, emailsFormat)).rejects.toThrow(
      `file.csv line 2, column sent_at: "${sent_at}" is not a timestamp with a zone`,
    );
  });

  test('refuses a bounce type it does not know', async () => {
    await expect(
      read(`${header}\n${email({ bounce_type: 'Hard' })}`, emailsFormat),
    ).rejects.toThrow('file.csv line 2, column bounce_type: "Hard" is not one of hard, soft');
  });

  test('needs neither open_kind nor reply_kind nor updated_at', async () => {
    const short = header.split(',').slice(0, -3).join(',');
    const row = email().split(',').slice(0, -3).join(',');

    const [chunk] = await read(`${short}\n${row}`, emailsFormat);

    expect(chunk?.columns.slice(-3)).toEqual([[null], [null], [null]]);
  });

  test('an event before the sending is odd, not wrong', async () => {
    const rows = [
      email({ email_id: 'e1', opened: '2025-02-01T10:00:00+01:00' }),
      email({ email_id: 'e2', opened: '2025-02-01T09:59:59+01:00' }),
      email({ email_id: 'e3', sent_at: '', replied: '2025-02-01T09:00:00Z' }),
    ];

    const [chunk] = await read([header, ...rows].join('\n'), emailsFormat);

    expect([0, 1, 2].map((row) => oddity(chunk?.columns ?? [], row))).toEqual([
      undefined,
      'column opened: 2025-02-01T09:59:59+01:00 is before sent_at 2025-02-01T09:00:00Z',
      'column replied: the e-mail was never sent',
    ]);
  });
});
