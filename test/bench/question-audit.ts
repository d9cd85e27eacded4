import { exportLines, verifyLines } from './question-audit-read.ts';
import { ageingLines, searchLines } from './question-audit-search.ts';
import { chainLines, promotionLines } from './question-audit-write.ts';
import type { Question } from './stage.ts';

const entries = 100_000;
const aged = 50_000;
const searched = 1_000_000;

/** What the compliance audit costs: to write, to promote into, to verify and to export. */
export const askAudit: Question = async (stage) => {
  const written = await chainLines(stage, entries);
  await stage.place.warehouseAdmin.script('vacuum analyze olap.admin_audit_log');
  return [
    ...written,
    ...(await promotionLines(stage)),
    ...(await verifyLines(stage, entries)),
    ...(await exportLines(stage, entries)),
  ];
};

/** What it costs to age and to search a long log. */
export const askAuditLog: Question = async (stage) => [
  ...(await ageingLines(stage, aged)),
  ...(await searchLines(stage, searched)),
];
