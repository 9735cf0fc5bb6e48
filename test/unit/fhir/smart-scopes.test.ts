import { describe, expect, it } from 'vitest';
import { interactionOf } from '../../../src/fhir/smart/narrow.ts';
import { reachOf } from '../../../src/fhir/smart/reach.ts';
import { smartScope } from '../../../src/fhir/smart/scopes.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import { publicPatientId } from '../../../src/shared/ids.ts';
import { PATIENT } from '../plans/plan-builder.ts';

const staff: Actor = {
  kind: 'staff',
  issuer: 'i',
  employeeHsaId: 'SE0000000000-TSTP003',
  name: 'n',
  unitHsaId: 'u',
  providerHsaId: 'p',
};

describe('a scope', () => {
  it.each([
    ['patient/Task.rs', 'rs'],
    ['user/*.cruds', 'cruds'],
    ['system/CarePlan.read', 'rs'],
    ['patient/CarePlan.write', 'cud'],
    ['patient/*.*', 'cruds'],
    ['patient/Task.s?status:not=completed', 's'],
  ])('%s covers %s', (text, letters) => {
    expect([...smartScope(text)!.interactions].join('')).toBe(letters);
  });

  it.each([
    'patient/Task',
    'patient/Task.',
    'patient/Task.sr',
    'patient/Task.rr',
    'patient/task.r',
    'read',
    'x/Task.r',
  ])('%s is none', (text) => expect(smartScope(text)).toBeUndefined());
});

describe('how far a token reaches', () => {
  const task: fhir4.Task = { resourceType: 'Task', id: 'a', status: 'accepted', intent: 'plan' };

  it('is the policy’s alone without SMART scopes, and nowhere when all of them are misspelt', () => {
    expect(reachOf(staff)).toBeUndefined();
    expect(reachOf({ ...staff, scopes: ['plan.read'] })).toBeUndefined();
    const none = reachOf({ ...staff, scopes: ['user/Task.x', 'plan.read'] })!;
    expect(none.covers('Task', 'r')).toBe(false);
    expect(none.shows(task, undefined)).toBe(false);
  });

  it('is the launched patient for the patient level', () => {
    const reach = reachOf({ ...staff, scopes: ['patient/Task.rs'], launchPatient: publicPatientId(PATIENT) })!;
    expect(reach.shows(task, PATIENT)).toBe(true);
    expect(reach.shows(task, 'another' as never)).toBe(false);
    expect(reach.covers('Task', 'u')).toBe(false);
  });

  it('writes for the launched patient alone at the patient level', () => {
    const reach = reachOf({ ...staff, scopes: ['patient/Task.cu'], launchPatient: publicPatientId(PATIENT) })!;
    expect(reach.writes('Task', 'c', PATIENT)).toBe(true);
    expect(reach.writes('Task', 'u', 'another' as never)).toBe(false);
    expect(reach.writes('Goal', 'c', PATIENT)).toBe(false);
  });

  it('is what a search finds, and never writing with it', () => {
    const reach = reachOf({ ...staff, scopes: ['user/Task.cruds?status=completed'] })!;
    expect(reach.shows(task, PATIENT)).toBe(false);
    expect(reach.shows({ ...task, status: 'completed' }, PATIENT)).toBe(true);
    expect(reach.covers('Task', 'c')).toBe(false);
  });
});

describe('what a request does', () => {
  it.each([
    ['GET', '/Task', 's'],
    ['GET', '/Task/:id', 'r'],
    ['GET', '/Task/:id/_history', 'r'],
    ['POST', '/Task/_search', 's'],
    ['POST', '/Task', 'c'],
    ['PUT', '/Task/:id', 'u'],
    ['PATCH', '/Task/:id', 'u'],
    ['DELETE', '/Task/:id', 'd'],
    ['POST', '/CarePlan/:id/$next-step', 'r'],
    ['PUT', '/Task?identifier=x', 'u'],
  ])('%s %s', (method, path, interaction) => {
    expect(interactionOf(method, path)?.interaction).toBe(interaction);
  });

  it('concerns no type at the door itself', () => expect(interactionOf('POST', '/')).toBeUndefined());
});
