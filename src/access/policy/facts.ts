import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { GuardianBlock, PatientFacts, RelatedFacts, Sealing, UnitDecision } from './facts-person.ts';
import type { PlanFacts } from './facts-plan.ts';
import type { BlockFacts, CareRelationFacts, EmergencyFacts, GivenConsent, InformationGiven } from './facts-sharing.ts';
import type { LawSettings } from './settings.ts';
import type { Target } from './target.ts';

/**
 * The facts of one request about one patient, read in the same snapshot as the content.
 *
 * Whatever is missing counts against the actor: a permission that is absent was not given, a prohibition whose source
 * was not read (`blocks`, `sealings`, `guardianBlocks`, `patient.protection`) holds for everything.
 */
export interface Facts {
  /** Business time, epoch milliseconds. Without it no period is in force and no age is known. */
  readonly now?: number;
  readonly settings?: LawSettings;
  /** The acting unit as the directory knows it; absent when it does not. */
  readonly actorUnit?: UnitFacts;
  /** Owners of contributions and units that take part, by HSA-id. */
  readonly units?: ReadonlyMap<string, UnitFacts>;
  /** Whether a citizen's own number leads to this patient. */
  readonly isSelf: boolean;
  readonly patientKnown: boolean;
  readonly patient?: PatientFacts;
  /** What a citizen who is not the patient is to the patient. */
  readonly related?: readonly RelatedFacts[];
  readonly unitDecisions?: readonly UnitDecision[];
  readonly guardianBlocks?: readonly GuardianBlock[];
  readonly sealings?: readonly Sealing[];
  readonly information?: readonly InformationGiven[];
  readonly consents?: readonly GivenConsent[];
  readonly blocks?: readonly BlockFacts[];
  readonly careRelations?: readonly CareRelationFacts[];
  readonly emergencies?: readonly EmergencyFacts[];
  /** The plan that is asked for; absent for what concerns the person only. */
  readonly plan?: PlanFacts;
  /** What the act is aimed at: the unit of a block, the receiver of a copy. */
  readonly target?: Target;
}
