import { unitName } from './acting-contact.ts';
import { isShown, type OwedDuty } from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import type { NamedContact, PlanContent } from './model.ts';
import { CONTACT_ROLE_WORDS } from './reach-candidates.ts';

/** Behind every step: no rule says by when, and what has been agreed comes first. */
const LAST = Number.MAX_SAFE_INTEGER;

function isDesignated({ planId, role }: NamedContact, content: PlanContent): boolean {
  return content['named-contact'].some(
    (other) => other.planId === planId && other.role === role && other.state === 'designated' && isShown(other),
  );
}

/**
 * What care owes a patient for whom a named contact has been asked: that one is designated (patientlagen 6:2), by the unit
 * that was asked, else by the lead unit.
 */
export function designationsOwed(content: PlanContent, context: Pick<PlanContext, 'units'>): readonly OwedDuty[] {
  const leads = new Map(content.plan.map(({ id, leadUnit }) => [id, leadUnit]));
  return content['named-contact'].flatMap((contact) => {
    const { id, planId, role, state } = contact;
    const unit = contact.unit ?? leads.get(planId);
    if (state !== 'requested' || unit === undefined || !isShown(contact) || isDesignated(contact, content)) return [];
    const who = (language: 'sv' | 'en') => unitName(unit, { ...context, language });
    const what = {
      sv: `${who('sv')} utser en ${CONTACT_ROLE_WORDS[role]} åt dig`,
      en: `${who('en')} will name a contact for you (${CONTACT_ROLE_WORDS[role]})`,
    };
    return [{ id: `designate-contact:${id}`, planId, duty: 'designate-contact', unit, what, order: LAST }];
  });
}
