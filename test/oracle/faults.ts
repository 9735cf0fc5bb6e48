/** One fault of the policy: a text of it, and what stands there instead. */
export interface PlantedFault {
  readonly rule: string;
  /** Under `src/access/policy`. */
  readonly file: string;
  readonly find: string;
  readonly instead: string;
}

const fault = (rule: string, file: string, find: string, instead = ''): PlantedFault => ({ rule, file, find, instead });

/** Faults of the kind that a hurried change makes, one for each rule. Each must be found by the oracle. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  fault(
    '16 on the birthday',
    'citizen-standing.ts',
    'age >= ownAccessFromAge) return',
    'age > ownAccessFromAge) return',
  ),
  fault(
    '13 on the birthday',
    'citizen-standing.ts',
    'age < guardianAccessUntilAge) return',
    'age <= guardianAccessUntilAge) return',
  ),
  fault(
    'blocked guardian',
    'citizen-standing.ts',
    "if (isGuardianBlocked(guardian.id, facts)) return { reason: 'guardian-blocked' };",
  ),
  fault('representative by decision', 'citizen-standing.ts', 'isOfAge && isDecided ?', 'isOfAge ?'),
  fault('custody through its last day', 'periods.ts', 'day <= until', 'day < until'),
  fault('sealing', 'citizen-reader.ts', "if (isSealed(c, facts)) return 'sealed';"),
  fault(
    'approved for the patient',
    'citizen-reader.ts',
    "if (!c.approvedForPatient) return 'not-approved-for-patient';",
  ),
  fault('mistakes and the patient', 'citizen-reader.ts', "if (c.enteredInError) return 'entered-in-error';"),
  fault('place of a protected person', 'citizen-reader.ts', '...(isProtectedNow(facts) ? { placeless: true } : {}),'),
  fault('2:6 and direct access', 'citizen-reader.ts', "if (c.underTwoSix) return 'lasting-inability';"),
  fault(
    'outer block',
    'blocks.ts',
    "if (reach === 'outer') return isOtherProvider;",
    "if (reach === 'outer') return false;",
  ),
  fault('inner block', 'blocks.ts', 'return !isOtherProvider || settingsOf', 'return isOtherProvider && settingsOf'),
  fault(
    'block lifted for good',
    'blocks.ts',
    'if (block.liftedAt !== undefined && Date.parse(block.liftedAt) <= now) return false;',
  ),
  fault(
    'end of a consent',
    'periods.ts',
    'return Date.parse(from) <= now && (until === undefined || now < Date.parse(until))',
    'return Date.parse(from) <= now && (until === undefined || now <= Date.parse(until))',
  ),
  fault('withdrawn consent', 'consents.ts', "consent.state !== 'given' || "),
  fault(
    'every guardian',
    'consents.ts',
    'guardians.refused === 0 && guardians.given >= guardians.needed',
    'guardians.given >= 1',
  ),
  fault(
    'what a consent is to',
    'consents.ts',
    'kinds === undefined || kinds.includes(kind)',
    'kinds === undefined || kinds.length > 0',
  ),
  fault('owner has joined', 'ways/availability.ts', "if (!isJoined(owner, nowOf(facts))) return 'owner-not-joined';"),
  fault(
    'information first',
    'ways/availability.ts',
    "isLastinglyUnable(facts) ? undefined : 'information-not-given'",
    'isLastinglyUnable(facts) ? undefined : undefined',
  ),
  fault(
    'SIP consent',
    'ways/shared-documentation.ts',
    'if (mayBeSip(facts) && !maySharePlanning(unit, facts))',
    'if (mayBeSip(facts) && maySharePlanning === undefined)',
  ),
  fault(
    'current relation',
    'care-relation.ts',
    "(relation.kind === 'care') === isCare && holds(relation, now)",
    "(relation.kind === 'care') === isCare",
  ),
  fault(
    'protected identity',
    'protection.ts',
    "return protection.grade !== 'lifted' && !isListed(actor, facts);",
    'return false;',
  ),
  fault(
    'export by two',
    'demands.ts',
    'return askedBy === employee && approvedBy !== undefined && approvedBy !== employee;',
    'return askedBy === employee;',
  ),
  fault(
    'emergency for care providers',
    'ways/emergency.ts',
    "if (unit.provider.kind !== 'care') return 'emergency-only-for-care-providers';",
  ),
  fault('need of home care', 'need.ts', "  return 'practical';", "  return 'clinical';"),
  fault(
    'part that is over',
    'participation.ts',
    "return { is: 'over', endedAt: latestEnd(own) };",
    "return { is: 'current' };",
  ),
  fault('inner secrecy', 'ways/inner-secrecy.ts', "if (!hasCurrentRelation(unit, facts)) return 'inner-secrecy';"),
  fault(
    'reach of a right',
    'rights.ts',
    "REACHES.indexOf(over ?? '') >= REACHES.indexOf(reach)",
    'reach !== undefined',
  ),
  fault(
    'systems and others’ data',
    'system-reader.ts',
    'if (c.ownerProvider === actor.providerHsaId) return OWN;',
    'return OWN;',
  ),
];
