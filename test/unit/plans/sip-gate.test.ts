import { describe, expect, it, test } from 'vitest';
import type { Plan } from '../../../src/plans/domain/model.ts';
import { transitionPlan } from '../../../src/plans/domain/plan-state.ts';
import { SIP_GAPS, type SipGapCode } from '../../../src/plans/domain/sip-gate.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import type { ConsentFacts } from '../../../src/shared/consent-facts.ts';
import {
  actOf,
  CENTRE,
  consent,
  ELSEWHERE,
  HOME_HELP,
  KOMMUN,
  OTHER_REGION,
  partyOf,
  REGION,
  refused,
  SCHOOL,
  SHOWN,
  SOCIAL,
  Story,
  UNITS,
} from './acting.ts';
import { id } from './plan-builder.ts';

const BOTH = [consent({ kind: 'principal', hsaId: REGION.hsaId }), consent({ kind: 'principal', hsaId: KOMMUN.hsaId })];
const READY: Partial<Plan> = {
  planningLead: { name: 'Maj Modell' },
  leadPrincipal: REGION.hsaId,
  noMeasuresByOthers: true,
};

function sip(parties: readonly string[], fields: Partial<Plan> = {}): Story {
  const story = new Story({ kind: 'SIP', status: 'proposed' });
  for (const unit of parties) {
    story.does((hand) => addStep(hand, { title: 'Insats', responsibleParty: partyOf(unit), ...SHOWN }, actOf(CENTRE)));
  }
  return story.is({ ...READY, ...fields });
}

function gaps(story: Story, consents: readonly ConsentFacts[] = BOTH): readonly string[] {
  try {
    story.does((hand) => transitionPlan(hand, { to: 'active' }, actOf(CENTRE), { consents }));
    return [];
  } catch (error) {
    const problem = refused('sip-gate-unmet', () => {
      throw error;
    });
    expect(problem.status).toBe(409);
    return (problem.particulars.extra!.missing as { code: string; sv: string }[]).map((gap) => gap.code);
  }
}

describe('the gate for an active SIP (HSL 16:4, SoL 10:8-9)', () => {
  it('opens when everything is there', () => {
    const story = sip([CENTRE, SOCIAL]);
    expect(gaps(story)).toEqual([]);
    expect(story.hand.plan.status).toBe('active');
  });

  it('lists everything that is missing at once, in Swedish too', () => {
    const story = new Story({ kind: 'SIP', status: 'proposed' });
    const all = Object.keys(SIP_GAPS).filter((code) => code !== 'principal-of-intervention');
    expect(gaps(story, [])).toEqual(all);
    expect(story.hand.plan.status).toBe('proposed');
  });

  test.each<[SipGapCode, string[], Partial<Plan>, ConsentFacts[]]>([
    ['social-services-intervention', [CENTRE], {}, BOTH],
    ['health-care-intervention', [SOCIAL, HOME_HELP], {}, BOTH],
    ['measures-by-others', [CENTRE, SOCIAL], { noMeasuresByOthers: undefined }, BOTH],
    ['overall-responsibility', [CENTRE, SOCIAL], { leadPrincipal: undefined }, BOTH],
    ['overall-responsibility', [CENTRE, SOCIAL], { leadPrincipal: OTHER_REGION.hsaId }, BOTH],
    ['planning-lead', [CENTRE, SOCIAL], { planningLead: undefined }, BOTH],
    ['consent-region', [CENTRE, SOCIAL], {}, [BOTH[1]!]],
    ['consent-municipality', [CENTRE, SOCIAL], {}, [BOTH[0]!]],
  ])('is shut when only %s is missing (%j)', (code, units, fields, consents) => {
    const found = gaps(sip(units, fields), consents);
    // A plan without social services has nobody of the kommun to consent to either, and one without health care has the centre itself.
    expect(found.filter((gap) => !(units.length === 1 && gap === 'consent-municipality'))).toEqual([code]);
  });

  it('says which step lacks a principal', () => {
    const story = sip([CENTRE, SOCIAL]);
    const step = story.all('step')[1]!;
    story.hand = { ...story.hand, units: new Map([...UNITS].filter(([hsaId]) => hsaId !== SOCIAL)) };
    const problem = refused('sip-gate-unmet', () =>
      transitionPlan(story.hand, { to: 'active' }, actOf(CENTRE), { consents: BOTH }),
    );
    expect(problem.particulars.extra!.missing).toContainEqual(
      expect.objectContaining({
        code: 'principal-of-intervention',
        steps: [{ patientId: step.patientId, id: step.id }],
      }),
    );
  });

  test.each<[string, Partial<ConsentFacts>]>([
    ['withdrawn', { state: 'withdrawn' }],
    ['refused', { state: 'refused' }],
    ['expired by its state', { state: 'expired' }],
    ['of another type', { type: 'read-social' }],
    ['not begun', { from: '2026-11-20T12:00:00.001Z' }],
    ['to another plan, which it stays with', { planId: id(1) }],
    ['ended at this very moment', { until: '2026-11-20T12:00:00.000Z' }],
  ])('takes no consent that is %s', (_why, fields) => {
    expect(gaps(sip([CENTRE, SOCIAL]), [BOTH[0]!, { ...BOTH[1]!, ...fields }])).toEqual(['consent-municipality']);
  });

  it('takes a consent to this very plan', () => {
    const story = sip([CENTRE, SOCIAL]);
    const planId = story.hand.plan.id;
    expect(
      gaps(
        story,
        BOTH.map((one) => ({ ...one, planId })),
      ),
    ).toEqual([]);
  });

  it('takes a consent to a unit or a provider of the principal, and not to another principal’s', () => {
    const social = UNITS.get(SOCIAL)!;
    const story = () => sip([CENTRE, SOCIAL]);
    expect(gaps(story(), [BOTH[0]!, consent({ kind: 'unit', hsaId: SOCIAL })])).toEqual([]);
    expect(gaps(story(), [BOTH[0]!, consent({ kind: 'provider', hsaId: social.provider.hsaId })])).toEqual([]);
    expect(gaps(story(), [BOTH[1]!, consent({ kind: 'unit', hsaId: ELSEWHERE })])).toEqual(['consent-region']);
  });

  it('takes no consent to a school for one to the kommun: it plans no care', () => {
    const story = sip([CENTRE, SOCIAL, SCHOOL]);
    expect(gaps(story, [BOTH[0]!, consent({ kind: 'unit', hsaId: SCHOOL })])).toEqual(['consent-municipality']);
  });

  it('a third principal without consent shuts nothing, but the one with the overall responsibility does', () => {
    expect(gaps(sip([CENTRE, SOCIAL, ELSEWHERE]))).toEqual([]);
    expect(gaps(sip([CENTRE, SOCIAL, ELSEWHERE], { leadPrincipal: OTHER_REGION.hsaId }))).toEqual(['consent-region']);
  });

  it('counts a measure by a relative or someone outside as one by others, and school as no social service', () => {
    const story = sip([CENTRE, SCHOOL], { noMeasuresByOthers: false });
    expect(gaps(story)).toEqual(['social-services-intervention']);
    const other = sip([CENTRE, SOCIAL], { noMeasuresByOthers: false });
    const outsider = { kind: 'other', name: 'Försäkringskassan' } as const;
    other.does((hand) => addStep(hand, { title: 'Utreder', responsibleParty: outsider, ...SHOWN }, actOf(CENTRE)));
    expect(gaps(other)).toEqual([]);
  });

  it('is passed again when a resting SIP goes on, and never asked of another kind', () => {
    const story = sip([CENTRE, SOCIAL]);
    gaps(story);
    const rest = { to: 'on-hold', reason: 'Samtycke återkallat', decideBy: '2026-11-23' } as const;
    story.does((hand) => transitionPlan(hand, rest, actOf(CENTRE), { consents: [] }));
    expect(gaps(story, [BOTH[0]!])).toEqual(['consent-municipality']);
    const other = new Story({ kind: 'SPLPTLRV', status: 'proposed' });
    expect(gaps(other, [])).toEqual([]);
  });
});
