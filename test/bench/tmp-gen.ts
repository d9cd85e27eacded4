import { openGround, makeSource } from './place.ts';
const g = await openGround(process.argv[2]);
try { await makeSource(g, 'source', { emails: Number(process.argv[3]), from: 0 }, (s) => console.log(new Date().toISOString(), s)); } finally { await g.stop(); }
