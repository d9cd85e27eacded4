import { sql } from 'kysely';
import type { Db, Session } from '@rookery/db/pool';
import { statement, type Columns, type Statement } from '@rookery/db/statement';

/** What a statement did: rows that passed through the nodes of its plan or were thrown away there, and whom it read whole. */
export type Walked = {
  readonly title: string;
  readonly rows: number;
  readonly wholes: readonly string[];
};

type Node = { readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const numberOf = (node: Node, key: string): number => Number(node[key] ?? 0);

const nodesOf = (node: Node): Node[] => {
  const plans = node['Plans'];
  return [node, ...(Array.isArray(plans) ? plans.filter(isNode).flatMap(nodesOf) : [])];
};

const passed = ['Actual Rows', 'Rows Removed by Filter', 'Rows Removed by Join Filter'];

const walkedOf = (title: string, [top]: readonly Node[]): Walked => {
  const plan = top?.['Plan'];
  const nodes = isNode(plan) ? nodesOf(plan) : [];
  const rows = nodes.map(
    (node) =>
      passed.reduce((sum, key) => sum + numberOf(node, key), 0) * numberOf(node, 'Actual Loops'),
  );
  const wholes = nodes.filter((node) => node['Node Type'] === 'Seq Scan');
  return {
    title,
    rows: rows.reduce((sum, n) => sum + n, 0),
    wholes: wholes.map((node) => String(node['Relation Name'])),
  };
};

const explained = <P, C extends Columns>(asked: Statement<P, C>, params: P) =>
  statement({
    title: `explain: ${asked.title}`,
    on: asked.on,
    planned: 'each-time',
    columns: { 'QUERY PLAN': 'jsonb' },
    example: null,
    sql: () => sql`explain (analyze, timing off, format json) ${asked.sql(params)}`,
  });

const isPlans = (value: unknown): value is Node[] => Array.isArray(value) && value.every(isNode);

/** A database whose statements are each run once more before, with their plan, and undone: what they did is told to `walked`. */
export const walking = (db: Db, walked: (one: Walked) => void): Db => {
  const within = (tx: Session): Session => ({
    ...tx,
    query: async (asked, params) => {
      await tx.script('savepoint walk');
      const [row] = await tx.query(explained(asked, params), null);
      const plans = row?.['QUERY PLAN'];
      await tx.script('rollback to savepoint walk; release savepoint walk');
      if (isPlans(plans)) walked(walkedOf(asked.title, plans));
      return tx.query(asked, params);
    },
  });
  return {
    ...db,
    query: (asked, params) => db.transaction((tx) => within(tx).query(asked, params)),
    transaction: (work, scope) => db.transaction((tx) => work(within(tx)), scope),
  };
};
