import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../world/world.ts';
let world: World;
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.close());
test('x', async () => { await world.admin.script('select 1 from olap.cell'); await world.source.script('select 1 from source.emails'); expect(1).toBe(1); });
