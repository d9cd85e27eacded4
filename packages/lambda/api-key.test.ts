import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newApiKey, summed, verifyApiKey } from './api-key.ts';

const now = new Date('2026-03-10T12:00:00Z');
const refusal = (text: string): Promise<unknown> =>
  verifyApiKey(text, now).catch((error: unknown) => error);

// Whoever goes for the database here fails in another way than by the key.
beforeEach(() => void vi.stubEnv('DATABASE_URL_API', undefined));
afterEach(() => void vi.unstubAllEnvs());

test('a key that nobody made, was cut or mistyped is refused without a look into the database', async () => {
  const { text } = newApiKey('heron');
  const letter = text.at(-20) === 'A' ? 'B' : 'A';
  const texts = [
    `rk_aGVyb24.0123456789abcdef_${'a'.repeat(43)}`,
    `rk_aGVyb24.0123456789abcdef_${'a'.repeat(49)}`,
    text.slice(0, -1),
    text.slice(0, -20) + letter + text.slice(-19),
    text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A'),
    text.replace(/^rk_[^.]+/, `rk_${Buffer.from('finch').toString('base64url')}`),
  ];

  for (const each of texts)
    expect([each, await refusal(each)]).toMatchObject([each, { code: 'api-key-invalid' }]);
});

test('control: a key with its checksum is looked up', async () => {
  const forged = summed(`rk_aGVyb24.0123456789abcdef_${'a'.repeat(43)}`);

  for (const each of [newApiKey('heron').text, forged])
    expect(await refusal(each)).not.toMatchObject({ code: 'api-key-invalid' });
});
