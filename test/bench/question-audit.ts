import { exportLines, verifyLines } from './question-audit-read.ts';
import { ageingLines, searchLines } from './question-audit-search.ts';
import { chainedScript } from './question-audit.sql.ts';
import { chainLines, promotionLines } from './question-audit-write.ts';
import type { Question } from './stage.ts';

const entries = 100_000;
const searched = 1_000_000;

/** What the compliance audit costs: to write, to promote into, to verify, to export, to search and to age. */
export const askAudit: Question = async (stage) => {
  const written = await chainLines(stage, entries);
  const promoted = await promotionLines(stage);
  await stage.place.warehouseAdmin.script(chainedScript('verified', entries));
  await stage.place.warehouseAdmin.script('vacuum analyze olap.admin_audit_log');
  return [
    ...written,
    ...promoted,
    ...(await verifyLines(stage, entries)),
    ...(await exportLines(stage, entries)),
    ...(await ageingLines(stage, entries)),
    ...(await searchLines(stage, searched)),
  ];
};
