import type { Plan } from '../domain/model.ts';
import { WORK_STATES } from '../domain/step-state.ts';

/*
 * SQL that every list of work across patients shares, of its rows `t` (or `l`, when they are made JSON). `$3` is the acting
 * unit, `$12` the member of staff, `$13` the instant of the request.
 */

/** Steps that somebody has work with. The partial indexes of `steps` say the same, to the letter. */
export const AT_WORK = `t.state in ('${WORK_STATES.join("','")}')`;

/** Things of a plan that has ended keep their states, but are nobody's work. */
export const LIVED = `exists (select from plans h where h.patient_id = t.patient_id and h.id = t.plan_id
    and h.status not in ('completed', 'revoked', 'entered-in-error'))`;

/**
 * Of a protected person, and of what was written under a protection since lifted, who is not on the list learns no row.
 *
 * @param written when the row was written, as SQL
 */
export const shown = (written: string): string =>
  `not is_withheld_from(t.patient_id, $12, $3, null, $13::timestamptz, ${written})`;

/**
 * Whose a row is and of which plan, as fields of a JSON object: {@link Whose}. The title of a plan is its lead's words,
 * which the list of another unit does not tell.
 */
export const WHOSE = `'patient', (select json_build_object('givenName', p.content->>'givenName', 'familyName', p.content->>'familyName')
        from patients p where p.patient_id = l.patient_id and p.id = l.patient_id),
      'plan', (select json_build_object('kind', h.kind, 'status', h.status,
          'title', case when h.recorded_unit = $3 then h.content->>'title' else '' end)
        from plans h where h.patient_id = l.patient_id and h.id = l.plan_id)`;

/** What a row of a list tells of the person and the plan, so that a reader knows which to open. */
export interface Whose {
  readonly patient: { readonly givenName?: string; readonly familyName?: string };
  readonly plan: { readonly kind: Plan['kind']; readonly status: Plan['status']; readonly title: string };
}
