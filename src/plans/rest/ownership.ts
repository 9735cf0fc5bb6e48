import { demandLegalBasis } from '../../access/index.ts';
import type { RuleContext } from '../change-plan.ts';
import type { ExternalId, LegalBasis } from '../domain/model.ts';

/** What a request may say of ownership. */
interface OwnershipBody {
  readonly approvedForPatient?: boolean;
  readonly legalBasis?: LegalBasis;
  readonly externalId?: ExternalId;
}

/**
 * Ownership of something new: what is not said of approval is as the plan's header says, and the law must be one that
 * the unit works under.
 *
 * @throws legal-basis-not-yours (422)
 */
export function ownershipFor(context: RuleContext, body: OwnershipBody) {
  if (context.unit) demandLegalBasis(context.unit, body.legalBasis);
  return {
    approvedForPatient: body.approvedForPatient ?? context.hand.plan.approvedForPatient,
    legalBasis: body.legalBasis,
    externalId: body.externalId,
  };
}
