import { getPersona } from './personas.ts';
import type { Shown, Stage } from './stage.ts';

interface Whole {
  readonly plan: Shown;
  readonly steps: readonly Shown[];
  readonly commitments: readonly Shown[];
  readonly participants: readonly Shown[];
  readonly namedContacts: readonly Shown[];
  readonly agreementVersions: readonly Shown[];
  readonly agreementActs: readonly Shown[];
  readonly receipts: readonly Shown[];
  readonly selfCareAssessments: readonly Shown[];
  readonly handovers: readonly Shown[];
  readonly feedback: readonly Shown[];
}

type Answered = 'steps' | 'commitments' | 'participants';
const YES: Readonly<Record<Answered, string>> = { steps: 'proposed', commitments: 'proposed', participants: 'invited' };

/** Whether a party is the persona's own: the unit that staff work at, the patient for a patient. */
function isBy(persona: string, party: { readonly unit?: string }): boolean {
  const actor = getPersona(persona);
  return actor.kind === 'staff' ? party.unit === actor.unitHsaId : party.unit === undefined;
}

/**
 * One plan of the demonstration while it is brought to where its story begins. Every act looks first at how the plan
 * stands, so that a start that was killed half-way goes on at the next one and nothing is done twice.
 */
export class StagedPlan {
  readonly #stage: Stage;
  readonly #lead: string;
  readonly #url: string;
  #whole: Whole | undefined;

  /** @param lead persona of the planning lead, who sees all of it */
  constructor(stage: Stage, lead: string, planId: string) {
    this.#stage = stage;
    this.#lead = lead;
    this.#url = `/v1/plans/${planId}`;
  }

  async #read(): Promise<Whole> {
    this.#whole ??= await this.#stage.send<Whole>(this.#lead, { method: 'GET', url: this.#url });
    return this.#whole;
  }

  async #act(persona: string, path: string, body: object, more: { revision?: number; key?: string } = {}) {
    await this.#stage.send(persona, { method: 'POST', url: `${this.#url}${path}`, body, ...more });
    this.#whole = undefined;
  }

  async status(): Promise<string> {
    return String((await this.#read()).plan.status);
  }

  async moveTo(status: string, body: object = {}): Promise<void> {
    const { plan } = await this.#read();
    if (plan.status === status) return;
    await this.#act(this.#lead, '/transition', { to: status, ...body }, { revision: plan.revision });
  }

  async #step(title: string): Promise<Shown> {
    const step = (await this.#read()).steps.find((one) => one.title === title);
    if (!step) throw new Error(`demonstration: no step ${title}`);
    return step;
  }

  /** A unit takes part, and says yes to each step and promise that it is asked for. */
  async joins(persona: string): Promise<void> {
    for (const collection of ['participants', 'steps', 'commitments'] as const) {
      for (const thing of (await this.#read())[collection]) {
        const party = (thing.party ?? thing.responsibleParty ?? thing.by) as { readonly unit?: string };
        if (!isBy(persona, party) || thing.state !== YES[collection]) continue;
        await this.#act(persona, `/${collection}/${thing.id}/accept`, {}, { revision: thing.revision });
      }
    }
  }

  /** The contact that was asked for is named by its own unit. */
  async designates(persona: string, contact: object): Promise<void> {
    const asked = (await this.#read()).namedContacts.find((one) => one.state === 'requested');
    if (!asked) return;
    await this.#act(
      persona,
      `/named-contacts/${asked.id}/transition`,
      { to: 'designated', ...contact },
      { revision: asked.revision },
    );
  }

  /** An agreed step with a time gets it booked. */
  async books(persona: string, title: string): Promise<void> {
    const step = await this.#step(title);
    if (step.state !== 'agreed') return;
    await this.#act(persona, `/steps/${step.id}/transition`, { to: 'booked' }, { revision: step.revision });
  }

  /** A step that has no occurrences is reported done. */
  async did(persona: string, title: string, report: object = {}): Promise<void> {
    const step = await this.#step(title);
    if (step.state === 'done') return;
    await this.#act(
      persona,
      `/steps/${step.id}/reports`,
      { outcome: 'done', ...report },
      { key: `demonstration-${step.id}` },
    );
  }

  /** A step is offered to another unit; whoever offers it has it until it is accepted. */
  async handsOver(persona: string, title: string, offer: object): Promise<void> {
    const step = await this.#step(title);
    if ((await this.#read()).handovers.some((one) => one.aboutId === step.id)) return;
    await this.#act(persona, '/handovers', { of: 'step', aboutId: step.id, ...offer });
  }

  /** What a step was offered by has come: received is not accepted. */
  async receives(persona: string, title: string): Promise<void> {
    const step = await this.#step(title);
    const offered = (await this.#read()).handovers.find((one) => one.aboutId === step.id && one.state === 'offered');
    if (offered) await this.#act(persona, `/handovers/${offered.id}/receive`, {}, { revision: offered.revision });
  }

  /** Feedback about the handover of a step, to whoever handed over, and the answer to it. */
  async hears(by: string, title: string, said: { what: string; text: string }, reply: { by: string; text: string }) {
    const step = await this.#step(title);
    const { handovers, feedback: before } = await this.#read();
    const { id } = handovers.find((one) => one.aboutId === step.id)!;
    if (before.length === 0) await this.#act(by, '/feedback', { aboutId: id, ...said });
    const { feedback } = await this.#read();
    if (feedback.length > 1) return;
    await this.#act(reply.by, `/feedback/${feedback[0]!.id}/reply`, { text: reply.text });
  }

  /** Whom the plan is about. */
  async patientId(): Promise<string> {
    return String((await this.#read()).plan.patientId);
  }

  /** The parties agree: the lead proposes, each of the others and the patient say yes by themselves. */
  async agreed(persons: readonly string[]): Promise<void> {
    const { agreementVersions } = await this.#read();
    if (agreementVersions.some((version) => version.state === 'agreed')) return;
    if (agreementVersions.length === 0) await this.#act(this.#lead, '/agreements', {});
    for (const person of persons) {
      const { agreementVersions: versions, agreementActs } = await this.#read();
      if (agreementActs.some((act) => isBy(person, act.party as { readonly unit?: string }))) continue;
      await this.#act(person, `/agreements/${versions.at(-1)!.id}/approve`, { method: 'digital' });
    }
  }

  /** Answers to the seven statements, by patient or staff. */
  async answers(persona: string, side: 'patient' | 'staff', answers: object): Promise<void> {
    const { agreementVersions, receipts } = await this.#read();
    if (receipts.some((receipt) => receipt.side === side)) return;
    await this.#act(persona, `/agreements/${agreementVersions.at(-1)!.id}/receipts`, { side, answers });
  }
}
