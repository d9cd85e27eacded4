import type { Catalog } from '@rookery/db/catalog';
import type { Db, Scope, Session } from '@rookery/db/pool';

/** Runs `work` in a transaction that is always rolled back, and returns its answer. */
export const rolledBack = async <T>(
  db: Db,
  work: (tx: Session) => Promise<T>,
  scope?: Scope,
): Promise<T> => {
  const enough = new Error('rolled back on purpose');
  let answer: { readonly value: T } | undefined;
  try {
    await db.transaction(async (tx) => {
      answer = { value: await work(tx) };
      throw enough;
    }, scope);
  } catch (error) {
    if (error !== enough) throw error;
  }
  return answer!.value;
};

// One valid value of each type; `position` makes every later time column later.
const valueOf = (type: string, position: number, labels: readonly string[] | undefined): string => {
  if (labels !== undefined) return `'${labels[0]}'`;
  if (type.endsWith('[]')) return `'{}'`;
  if (type.startsWith('varchar') || type === 'text') return `'x'`;
  if (type === 'date') return `current_date + ${position}`;
  if (type === 'timestamptz') return `now() + interval '${position} seconds'`;
  if (type === 'boolean') return 'true';
  if (type === 'jsonb') return `'{}'`;
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'bytea') return `'\\x00'`;
  if (type === 'inet') return `'192.0.2.1'`;
  return `'1'`;
};

// What a check asks for that no type tells, by table and column.
const special: Readonly<Record<string, string>> = {
  'tb_error_log.error_hash': `repeat('0', 64)`,
  'tb_error_log_archive.error_hash': `repeat('0', 64)`,
  'tb_audit_event.ip_address': `'192.0.2.1'`,
  'tb_audit_event_archive.ip_address': `'192.0.2.1'`,
  'tb_audit_event_archive.outcome': `'success'`,
  'user_cohort.cohort_month': `date '2026-01-01'`,
  'user_cohort_month.cohort_month': `date '2026-01-01'`,
  'user_cohort_month.month': `date '2026-01-01'`,
  'pseudonym_key.key': `'\\x00'`,
  'silence.matchers': `'[{}]'`,
  'alert_inhibition.source_matchers': `'[{}]'`,
  'alert_inhibition.target_matchers': `'[{}]'`,
  'alert_state.state': `'firing'`,
  'alert_transition.kind': `'firing'`,
  'notice.kind': `'firing'`,
  'rejected_event.door': `'http'`,
  'admin_audit_log.action': `'audit_log.read'`,
  // The log gives them, and refuses others.
  'admin_audit_log.seq': 'null',
  'admin_audit_log.hash': 'null',
};

// Written by a trigger of another table, for each tenant that the other one is filled for.
const filledAlong = new Set(['audit_chain']);

/**
 * Insert statements that put one row of each tenant into every table with a tenant, made from the catalog alone:
 * required columns without a default get a valid value, foreign keys the first row of the same tenant.
 */
export const filling = (catalog: Catalog, tenants: readonly string[]): string[] => {
  const required = catalog.tables
    .filter(({ kind }) => kind === 'table')
    .map((table) => {
      const own = (part: { schema: string; relation: string }): boolean =>
        part.schema === table.schema && part.relation === table.name;
      const columns = catalog.columns
        .filter(own)
        .filter(
          (c) => (c.required && c.name !== 'tenant_id') || `${table.name}.${c.name}` in special,
        )
        .filter((c) => c.fill === null);
      const foreign = catalog.constraints
        .filter(own)
        .filter((k) => k.kind === 'foreign key')
        .map((k) => ({ column: k.columns.at(-1), target: k.refers_to }))
        .filter(({ column }) => columns.some(({ name }) => name === column));
      const tenanted = catalog.columns.filter(own).some(({ name }) => name === 'tenant_id');
      return { ...table, columns, foreign, tenanted };
    })
    .filter(({ name, tenanted }) => tenanted && !filledAlong.has(name));
  // Tables that need another one come after it.
  const ordered: typeof required = [];
  while (ordered.length < required.length) {
    const placed = new Set(ordered.map(({ name }) => name));
    const next = required.filter(
      ({ name, foreign }) =>
        !placed.has(name) &&
        foreign.every(({ target }) => placed.has(target?.split('.').at(-1) ?? '')),
    );
    if (next.length === 0) throw new Error('tables that need each other in a circle');
    ordered.push(...next);
  }

  return ordered.flatMap(({ schema, name, columns, foreign }) =>
    tenants.map((tenant) => {
      const values = columns.map((column, i) => {
        const given = special[`${name}.${column.name}`];
        if (given !== undefined) return given;
        const target = foreign.find((f) => f.column === column.name)?.target;
        if (target !== undefined && target !== null)
          return `(select min(id) from ${schema}.${target} where tenant_id = '${tenant}')`;
        const labels = catalog.enums.find((e) => `${e.schema}.${e.name}` === column.type)?.labels;
        return valueOf(column.type, i, labels);
      });
      const names = ['tenant_id', ...columns.map((c) => c.name)].join(', ');
      return `insert into ${schema}.${name} (${names}) values (${[`'${tenant}'`, ...values].join(', ')})`;
    }),
  );
};
