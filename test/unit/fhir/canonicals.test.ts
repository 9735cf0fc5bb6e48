import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { describe, expect, it } from 'vitest';
import { allCanonicals } from '../../../src/fhir/canonicals/all.ts';
import { CANON, definitionAt, definitionFaults } from './definition-checks.ts';
import { faultsOf } from './own-checks.ts';
import { lantanaFaults, medplumFaults } from './validators.ts';
import { BASE } from './views.ts';

const all = allCanonicals(CANON);

describe('our own definitions', () => {
  it.each(all.map((one) => [`${one.resourceType}/${one.id}`, one] as const))('%s is valid', (_name, one) => {
    const sent = JSON.parse(JSON.stringify(one)) as typeof one;
    expect({ own: faultsOf(sent), medplum: medplumFaults(sent), lantana: lantanaFaults(sent) }).toEqual({
      own: [],
      medplum: [],
      lantana: [],
    });
    expect(one.url).toBe(`${BASE}/${one.resourceType}/${one.id}`);
    expect(one.name).toMatch(/^[A-Z]([A-Za-z0-9_]){0,254}$/);
    expect(one.description).toMatch(/\p{L}{3}/u);
  });

  it('refer to nothing of ours that is not there', () => {
    const named = [...JSON.stringify(all).matchAll(/"(https:\/\/plan\.example\/fhir\/[^"\s]+)"/g)].map(
      ([, url]) => url!,
    );
    expect(named.length).toBeGreaterThan(100);
    for (const url of named) expect(definitionAt(url), url).toBeDefined();
  });

  it('have codes that are each said once, in words', () => {
    for (const one of all) {
      if (one.resourceType !== 'CodeSystem') continue;
      const codes = one.concept!.map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
      for (const { display } of one.concept!) expect(display).toMatch(/\p{L}{2}/u);
    }
  });

  it('can be evaluated, where they hold expressions', () => {
    const plan = {
      resourceType: 'CarePlan',
      status: 'draft',
      extension: [{ url: `${BASE}/StructureDefinition/plan-state`, valueCode: 'proposed' }],
    };
    for (const one of all) {
      if (one.resourceType !== 'SearchParameter') continue;
      expect(fhirpath.evaluate(plan, one.expression!, undefined, r4)).toEqual(['proposed', 'draft']);
    }
  });
});

describe('the check of what is sent against them', () => {
  const task = (extension: fhir4.Extension[]): fhir4.Task => ({
    resourceType: 'Task',
    status: 'accepted',
    intent: 'plan',
    extension,
  });
  const url = (name: string) => `${BASE}/StructureDefinition/${name}`;

  it('says nothing of what is right', () => {
    expect(definitionFaults(task([{ url: url('condition'), valueString: 'x' }]))).toEqual([]);
  });

  it.each([
    ['an extension that is not defined', { url: url('made-up'), valueString: 'x' }],
    ['a value of another type', { url: url('condition'), valueCode: 'x' }],
    ['a code that is none', { url: url('legal-basis'), valueCode: 'XYZ' }],
    ['a part that is missing', { url: url('self-care-assessment'), extension: [] }],
    ['an extension in another place', { url: url('receipt'), valueString: 'x' }],
  ])('sees %s', (_what, extension) => {
    expect(definitionFaults(task([extension]))).not.toEqual([]);
  });
});
