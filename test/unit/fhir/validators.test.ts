import { describe, expect, it } from 'vitest';
import { escapeXhtml } from '../../../src/fhir/mapping/narrative.ts';
import { holdsPersonNumber } from '../../../src/fhir/rest/negotiation.ts';
import { dateCriterion, rangeOfPeriod } from '../../../src/fhir/search/dates.ts';
import { faultsOf } from './own-checks.ts';
import { lantanaFaults, medplumFaults } from './validators.ts';

const task: fhir4.Task = { resourceType: 'Task', id: 'a', status: 'accepted', intent: 'plan' };
const div = (content: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>`;
const withText = (content: string): fhir4.Task => ({ ...task, text: { status: 'generated', div: div(content) } });

describe('the checks that generated plans are judged by', () => {
  it('say nothing of what is right', () => {
    expect([...faultsOf(task), ...medplumFaults(task), ...lantanaFaults(task)]).toEqual([]);
  });

  it.each([
    ['an unknown field', { ...task, colour: 'blue' }],
    ['a wrong type', { ...task, basedOn: 'CarePlan/1' }],
    ['a required element that is missing', { resourceType: 'Task', id: 'a', intent: 'plan' }],
  ])('both validators see %s', (_what, wrong) => {
    expect(medplumFaults(wrong as never)).not.toEqual([]);
    expect(lantanaFaults(wrong as never)).not.toEqual([]);
  });

  it.each([
    ['a code outside its required binding', { ...task, status: 'agreed' }],
    ['an empty text', { ...task, description: '' }],
    ['an empty list', { ...task, note: [] }],
    ['an id that is none', { ...task, id: 'å' }],
    ['a foreign code system', { ...task, code: { coding: [{ system: 'http://made.up', code: 'x' }] } }],
    ['a reference to a type that has no place there', { ...task, owner: { reference: 'Goal/a' } }],
    ['a reference that says such a type', { ...task, owner: { type: 'Goal', display: 'x' } }],
    ['a script', withText('<script>alert(1)</script>')],
    ['an attribute', withText('<p onclick="x()">a</p>')],
    ['an element that is not closed', withText('<p>a')],
  ])('our own see %s', (_what, wrong) => {
    expect(faultsOf(wrong as never)).not.toEqual([]);
  });
});

describe('words in a narrative', () => {
  it('become text, whatever they are', () => {
    expect(escapeXhtml('<script>&"\u0000\ud800å')).toBe('&lt;script&gt;&amp;&quot;å');
    expect(faultsOf(withText(`<p>${escapeXhtml('</p><img src=x onerror=1> & <')}</p>`))).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    '/fhir/R4/Patient?identifier=192612049029',
    '/fhir/R4/Patient?identifier=19261204-9029',
    '/fhir/R4/Patient/261204-9029',
    '/fhir/R4/Patient/261204%2B9029',
    '/fhir/R4/Patient?name=2612049020',
    '/fhir/R4/CarePlan?patient.identifier=urn%3Aoid%3A1.2.752.129.2.1.3.3%7Cx',
  ])('%s holds a personal number', (url) => expect(holdsPersonNumber(url)).toBe(true));

  it.each([
    '/fhir/R4/Organization/SE0000000000-TST0201',
    '/fhir/R4/PractitionerRole/SE0000000000-TSTP003.SE0000000000-TST0201',
    '/fhir/R4/Task/ceirceircfardairceirceirce-aaaaaaaaabyabaaaaaaaaaieei.20261123',
    '/fhir/R4/Task?period=ge2026-11-16T08:00:00%2B01:00&_lastUpdated=lt2026-11-20',
    '/fhir/R4/Task?status=in-progress&code=commitment',
  ])('%s holds none', (url) => expect(holdsPersonNumber(url)).toBe(false));
});

describe('dates in a search', () => {
  const week = rangeOfPeriod({ start: '2026-11-16', end: '2026-11-20' });
  it.each([
    ['2026-11', true],
    ['2026-11-16', false],
    ['ge2026-11-20', true],
    ['gt2026-11-20', false],
    ['lt2026-11-16', false],
    ['le2026-11-16', true],
    ['sa2026-11-15', true],
    ['eb2026-11-21', true],
    ['ap2026-11-18', true],
    ['ne2026-12', true],
    ['eb2026-11-20T12:00:00Z', false],
  ])('%s of 16 to 20 November is %s', (text, expected) => expect(dateCriterion(text)!(week)).toBe(expected));

  it.each(['2026-13', 'x', '', 'ge', '2026-02-30'])('%s cannot be read', (text) =>
    expect(dateCriterion(text)).toBeUndefined());
});
