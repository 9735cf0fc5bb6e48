import { type Queryable, runQuery } from '../../db/query.ts';

/** A member of staff as a record that they write names them. */
export interface StaffMember {
  readonly hsaId: string;
  readonly name: string;
  readonly active: boolean;
  /** Units where the person works. */
  readonly units: readonly string[];
}

/** These members of staff, by HSA-id; one that the directory lacks is absent. */
export async function findStaff(on: Queryable, hsaIds: readonly string[]): Promise<Map<string, StaffMember>> {
  if (hsaIds.length === 0) return new Map();
  const { rows } = await runQuery<{ member: StaffMember }>(on, {
    name: 'directory_find_staff',
    text: `select json_build_object('hsaId', s.hsa_id, 'name', s.given_name || ' ' || s.family_name, 'active', s.active,
      'units', s.unit_hsa_ids) as member from staff s where s.hsa_id = any ($1::text[])`,
    values: [hsaIds],
  });
  return new Map(rows.map(({ member }) => [member.hsaId, member]));
}
