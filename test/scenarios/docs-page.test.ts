import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operations } from '@rookery/http/api';
import { emails, tenant } from '../world/builders.ts';
import { openApi, type Api } from '../api/stack.ts';

const run = promisify(execFile);
const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
const tenantId = 'heron';

let api: Api;
beforeAll(async () => {
  api = await openApi();
  await tenant(api.world.admin, { tenant_id: tenantId, timezone: 'UTC' });
  const sent_at = new Date(Date.now() - 86_400_000).toISOString();
  const common = { tenant_id: tenantId, sent_at };
  await emails(api.world.admin, [
    { ...common, campaign_id: 'spring' },
    { ...common, campaign_id: 'autumn' },
  ]);
  await api.desk.settle();
});
afterAll(() => api.close());

const get = (path: string): Promise<Response> => fetch(`${api.url}${path}`);

test('the page, the document and the error pages need no token and may be kept for five minutes', async () => {
  for (const path of ['/docs', '/openapi.json', '/docs/errors/cursor-malformed']) {
    const response = await get(path);

    expect([path, response.status]).toEqual([path, 200]);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  }
});

test('only the page’s own script may run, and it may talk to this origin alone', async () => {
  const policy = (await get('/docs')).headers.get('content-security-policy');

  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'; connect-src 'self'; /,
  );
  expect(policy).not.toContain('unsafe');
});

test('an error page says what happened and what to do; an unknown code is a problem', async () => {
  const page = await (await get('/docs/errors/cursor-malformed')).text();
  const unknown = await get('/docs/errors/%3Cscript%3E');

  expect(page).toContain('<h1>The cursor is malformed</h1>');
  expect(page).toContain('<h2>What to do</h2>');
  expect(page).not.toContain('Generated from');
  expect([unknown.status, unknown.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json',
  ]);
});

test('every problem leads to a page that is there', async () => {
  const problem = (await (await get('/v1/nowhere')).json()) as { type: string };

  expect((await get(new URL(problem.type).pathname)).status).toBe(200);
});

describe.skipIf(!hasBrowser)('in a browser (skipped without one: apt-get install chromium)', () => {
  let browser: Browser;
  let page: Page;
  let wrong: string[];
  beforeAll(async () => {
    const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    wrong = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (line) => void (line.type() === 'error' && wrong.push(line.text())));
  });
  afterEach(() => page.close());

  const links = () => page.locator('nav a').count();

  test('all operations are listed, a search narrows them to those that hold every word', async () => {
    await page.goto(`${api.url}/docs`);
    await page.waitForSelector('nav a');
    expect(await links()).toBe(operations.length);

    await page.keyboard.press('/');
    await page.keyboard.type('CAMPAIGNS series interval');

    expect(await links()).toBeLessThan(operations.length);
    await page.locator('nav a', { hasText: '/v1/campaigns/{campaign_id}/series' }).waitFor();
    await page.fill('#search', 'no zebra here');
    await page.getByText(`0 of ${operations.length} operations`).waitFor();
    expect(wrong).toEqual([]);
  });

  test('a deep link shows its operation, with a field for each parameter and nothing wider than 380 pixels: all of them', async () => {
    await page.setViewportSize({ width: 380, height: 800 });
    const badly: unknown[] = [];
    for (const [n, { operation }] of operations.entries()) {
      // The page is loaded anew for one in twelve, which takes ten times as long as to follow a link within it.
      if (n % 12 === 0) await page.goto('about:blank');
      await page.goto(`${api.url}/docs#${operation}`);
      await page.waitForSelector(`h2#${operation}`);

      const unlabelled = await page.evaluate(
        `[...document.querySelectorAll('main :is(input, select)')].filter((one) => one.labels.length !== 1).length`,
      );
      const width = await page.evaluate('document.documentElement.scrollWidth');
      if (unlabelled !== 0 || width !== 380) badly.push({ operation, unlabelled, width });
    }
    expect(badly).toEqual([]);
    expect(wrong).toEqual([]);
  });

  test('try it asks this very API and shows status, limits and body; curl beside it gives the same', async () => {
    const token = api.token({ tenantId, role: 'tenant-admin' });
    await page.goto(`${api.url}/docs#listCampaigns`);
    await page.fill('#p-campaign_id', 'spring');
    await page.fill('#token', token);
    await page.click('button[type=submit]');

    await page.getByText('200 OK').waitFor();
    const shown = await page.getByLabel('Body of the answer').textContent();
    expect(JSON.parse(shown ?? '')).toMatchObject({
      data: [{ campaign_id: 'spring', sent: 1 }],
      totals: { matching: 1 },
    });
    expect(await page.locator('.headers').textContent()).toMatch(/ratelimit-remaining\d+/);
    const curl = (await page.getByLabel('The request as curl').textContent()) ?? '';
    const { stdout } = await run('sh', ['-c', `${curl} -sS`], {
      env: { PATH: process.env['PATH'], TOKEN: token },
    });
    expect(JSON.parse(stdout)).toMatchObject({ data: [{ campaign_id: 'spring', sent: 1 }] });
    expect(curl).not.toContain(token);
    expect(wrong).toEqual([]);
  });

  test('CSV is shown as text, and the token is kept for this tab alone', async () => {
    await page.goto(`${api.url}/docs#listCampaigns`);
    await page.fill('#token', api.token({ tenantId, role: 'tenant-admin' }));
    await page.selectOption('#format', 'text/csv');
    await page.keyboard.press('Tab');
    await page.locator('#token').press('Enter');

    await page.getByText('200 OK').waitFor();
    expect(await page.getByLabel('Body of the answer').textContent()).toMatch(/^campaign_id,/);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(await page.evaluate('sessionStorage.length')).toBe(1);
  });

  test('a refusal is shown with a link to what its code means', async () => {
    await page.goto(`${api.url}/docs#listCampaigns`);
    await page.fill('#p-from', 'yesterday');
    await page.fill('#token', api.token({ tenantId, role: 'tenant-admin' }));
    await page.click('button[type=submit]');
    await page.getByText('400 Bad Request').waitFor();

    await page.getByText('what request-malformed means').click();

    await page.waitForURL('**/docs/errors/request-malformed');
    expect(await page.textContent('h1')).toBe('The request is malformed');
  });
});
