import type { PatientId } from '../../../src/shared/ids.ts';
import type { TestApp } from '../../support/app.ts';

const TABLES = `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'patient_id'
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition
    and (c.relname not like 'audit_%' or c.relname = 'audit_watches') order by 1`;

/**
 * Takes a person away, with every key that was joined to it, as if there had never been one: only the owner of the
 * tables can. The access log is left, since it may hold the person.
 */
export async function erasePerson(service: TestApp, patientId: PatientId): Promise<void> {
  const { rows: keys } = await service.owner.query<{ id: string }>(
    'select patient_id as id from patient_keys where canonical_id = $1',
    [patientId],
  );
  const ids = [patientId, ...keys.map(({ id }) => id)];
  const { rows } = await service.owner.query<{ name: string }>(TABLES);
  let left = rows.map(({ name }) => name);
  // What is referred to can go only after what refers to it: as many rounds as there are layers.
  while (left.length > 0) {
    const refused: string[] = [];
    for (const name of left) {
      const gone = await service.owner
        .query(`delete from ${name} where patient_id = any ($1)`, [ids])
        .catch(() => undefined);
      if (!gone) refused.push(name);
    }
    if (refused.length === left.length) throw new Error(`could not be emptied: ${refused.join(', ')}`);
    left = refused;
  }
}
