import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/**
 * The tables of monitoring with rows that have a text anywhere in a column, whatever its case, and how many; `json` is the text
 * as it is written within quotes of JSON. Reads every row of every table.
 */
export const searchTables = statement({
  title: 'search every table of monitoring for a text',
  on: 'warehouse',
  columns: { place: 'text', rows: 'int8' },
  example: { text: 'nobody@nowhere.example', json: 'nobody@nowhere.example' },
  sql: ({ text, json }: { text: string; json: string }) => sql`
select * from (
  select c.relname::text as place, (xpath('/row/n/text()', query_to_xml(format(
    'select count(*) as n from monitoring.%I r where exists (select from jsonb_each_text(to_jsonb(r)) f'
    ' where strpos(lower(f.value), lower(%L)) > 0 or strpos(lower(f.value), lower(%L)) > 0)', c.relname, ${text}::text, ${json}::text),
    false, true, '')))[1]::text::bigint as rows
  from pg_class c
  where c.relnamespace = 'monitoring'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and has_table_privilege(c.oid, 'select')) every_table
where rows > 0 order by place`,
});
