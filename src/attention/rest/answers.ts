import { z } from 'zod';
import { instantText, patientIdText, revision, thingIdText } from '../../http/fields.ts';
import { pageOf } from '../../http/paging.ts';
import { publicId, publicPatientId } from '../../shared/ids.ts';
import { FINDING_STATES, type Finding } from '../domain/finding.ts';
import { RULE_NAMES, RULES, SEVERITIES } from '../domain/rule-list.ts';

export const findingAnswer = z
  .object({
    id: thingIdText,
    revision,
    patientId: patientIdText,
    planId: thingIdText.optional().meta({ description: 'Saknas för ett vårdtillfälle på sjukhus.' }),
    rule: z.enum(RULE_NAMES).meta({ description: 'Regelns namn.' }),
    severity: z.enum(SEVERITIES),
    title: z.string().meta({ description: 'Vad det är, i korthet.' }),
    explanation: z.string().meta({ description: 'Vad som har hänt och vad man kan göra.' }),
    about: z
      .object({ kind: z.string(), id: thingIdText })
      .meta({ description: 'Vad i planen det gäller; `hospital-stay` ett vårdtillfälle.' }),
    ownerUnit: z.string().meta({ description: 'Enheten som har hand om det.', examples: ['SE0000000000-TST0301'] }),
    state: z.enum(FINDING_STATES),
    since: instantText,
    endedAt: instantText.optional(),
    explained: z
      .object({ at: instantText, text: z.string(), name: z.string().optional(), unit: z.string().optional() })
      .optional(),
  })
  .meta({ id: 'Finding', description: 'Något som har fallit mellan stolarna.' });

export const findingListAnswer = z.object({ items: z.array(findingAnswer) }).meta({ id: 'FindingList' });
export const findingPageAnswer = pageOf(findingAnswer).meta({ id: 'FindingPage' });

export function presentFinding(finding: Finding): z.output<typeof findingAnswer> {
  const { patientId, rule, severity, ownerUnit, state, since, endedAt, explained } = finding;
  const { title, explanation } = RULES[rule];
  return {
    ...{ id: publicId(patientId, finding.id), revision: finding.revision, patientId: publicPatientId(patientId) },
    ...(finding.planId === undefined ? {} : { planId: publicId(patientId, finding.planId) }),
    ...{ rule, severity, title, explanation, ownerUnit, state, since, endedAt },
    about: { kind: finding.subjectKind, id: publicId(patientId, finding.subjectId) },
    ...(explained
      ? { explained: { at: explained.at, text: explained.text, name: explained.name, unit: explained.unit } }
      : {}),
  };
}
