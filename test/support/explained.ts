import pg from 'pg';

/** One node of a query plan that has been run. */
interface PlanNode extends Record<string, unknown> {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

interface Statement {
  readonly name: string;
  readonly values: readonly unknown[];
}

/** What one statement touched of the patients' tables, by the plan that the server keeps for it. */
export interface Explained {
  /** Tables that were read from end to end. */
  readonly readThrough: readonly string[];
  readonly rows: number;
  readonly indexes: ReadonlySet<string>;
  readonly buffers: number;
}

/** Every statement with a name that is sent while `work` runs, in their order. */
export async function sentBy(work: () => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const run = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [statement] = args as [{ name?: string; values?: readonly unknown[] }];
    if (statement.name) sent.push({ name: statement.name, values: statement.values ?? [] });
    return Reflect.apply(run, this, args);
  } as typeof run;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = run;
  }
  return sent;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((one) => `"${one}"`).join(',')}}`);
  return typeof value === 'number' ? String(value) : pg.escapeLiteral(String(value));
}

function scans(node: PlanNode): PlanNode[] {
  const own = node['Node Type'] !== 'ModifyTable' && (node['Relation Name'] || node['Index Name']) ? [node] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scans)];
}

/**
 * Runs a statement that the connection has prepared once more, and tells what it touched.
 *
 * @param patientTables tables whose rows are somebody's
 */
export async function explain(
  on: pg.Pool | pg.ClientBase,
  { name, values }: Statement,
  patientTables: ReadonlySet<string>,
): Promise<Explained> {
  const given = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
  const { rows } = await on.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (analyze, buffers, format json) execute ${pg.escapeIdentifier(name)}${given}`,
  );
  const plan = rows[0]!['QUERY PLAN'][0].Plan;
  const found = scans(plan);
  const ofPatients = found.filter((node) => patientTables.has(node['Relation Name'] ?? ''));
  const touched = (node: PlanNode) =>
    (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return {
    readThrough: ofPatients
      .filter((node) => node['Node Type'] === 'Seq Scan' && touched(node) > 0)
      .map((node) => node['Relation Name']!),
    rows: ofPatients.reduce((sum, node) => sum + touched(node), 0),
    indexes: new Set(found.flatMap((node) => node['Index Name'] ?? [])),
    buffers: Number(plan['Shared Hit Blocks']) + Number(plan['Shared Read Blocks']),
  };
}
