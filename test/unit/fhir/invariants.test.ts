import { describe, expect, it } from 'vitest';
import { invariantCount, invariantFaults } from './invariants.ts';

const task: fhir4.Task = { resourceType: 'Task', id: 'a', status: 'accepted', intent: 'plan' };

describe('R4’s own invariants', () => {
  it('hold of what is right', () => {
    expect(invariantFaults(task)).toEqual([]);
    expect(invariantCount('Task')).toBeGreaterThan(10);
    expect(invariantCount('CarePlan')).toBeGreaterThan(10);
  });

  it.each<[string, fhir4.FhirResource]>([
    ['inv-1', { ...task, authoredOn: '2026-11-22T10:00:00Z', lastModified: '2026-11-21T10:00:00Z' }],
    ['per-1', { ...task, executionPeriod: { start: '2026-11-22', end: '2026-11-21' } }],
    ['ref-1', { ...task, owner: { reference: '#nobody' } }],
    [
      'app-2',
      {
        resourceType: 'Appointment',
        status: 'booked',
        start: '2026-11-21T10:00:00Z',
        participant: [{ status: 'accepted', actor: { display: 'x' } }],
      },
    ],
    [
      'ctm-1',
      {
        resourceType: 'CareTeam',
        participant: [{ member: { reference: 'Patient/x' }, onBehalfOf: { reference: 'Organization/x' } }],
      },
    ],
    [
      'cpl-3',
      {
        resourceType: 'CarePlan',
        status: 'active',
        intent: 'plan',
        subject: { reference: 'Patient/x' },
        activity: [{ reference: { reference: 'Task/x' }, detail: { status: 'scheduled' } }],
      },
    ],
  ])('see that %s is broken', (key, resource) => {
    expect(invariantFaults(resource).join()).toContain(key);
  });
});
