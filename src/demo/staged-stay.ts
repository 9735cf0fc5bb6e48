import type { Shown, Stage } from './stage.ts';

interface Stay extends Shown {
  readonly messages: readonly (Shown & { readonly kind: string })[];
}

/** A person's stay in hospital, brought to where the demonstration begins. Looks first, as {@link StagedPlan} does. */
export class StagedStay {
  readonly #stage: Stage;
  readonly #ward: string;
  readonly #person: string;

  /** @param ward persona of the ward that the person is at */
  constructor(stage: Stage, ward: string, patientId: string) {
    this.#stage = stage;
    this.#ward = ward;
    this.#person = `/v1/patients/${patientId}`;
  }

  async #read(): Promise<Stay | undefined> {
    const url = `${this.#person}/hospital-stays`;
    const { items } = await this.#stage.send<{ items: readonly Shown[] }>(this.#ward, { method: 'GET', url });
    const [stay] = items;
    return stay && this.#stage.send<Stay>(this.#ward, { method: 'GET', url: `/v1/hospital-stays/${stay.id}` });
  }

  /** The ward takes the person in, and sends the notice of it. */
  async admits(notice: object): Promise<void> {
    const care = { method: 'POST', url: `${this.#person}/care-relations`, body: { kind: 'care' } } as const;
    await this.#stage.send(this.#ward, { ...care, key: 'demonstration-stay' });
    if (await this.#read()) return;
    await this.#stage.send(this.#ward, { method: 'POST', url: `${this.#person}/hospital-stays`, body: notice });
  }

  /** Something is told about the stay, once of each kind. */
  async tells(persona: string, message: { readonly kind: string; readonly [field: string]: unknown }): Promise<void> {
    const stay = (await this.#read())!;
    if (stay.messages.some(({ kind }) => kind === message.kind)) return;
    await this.#stage.send(persona, { method: 'POST', url: `/v1/hospital-stays/${stay.id}/messages`, body: message });
  }

  /** A unit says that the notice has come. */
  async receives(persona: string): Promise<void> {
    const notice = (await this.#read())!.messages.find(({ kind }) => kind === 'admission')!;
    const { receipts = [] } = notice as { receipts?: readonly unknown[] };
    if (receipts.length > 0) return;
    const url = `/v1/discharge-messages/${notice.id}/receive`;
    await this.#stage.send(persona, { method: 'POST', url, body: {}, revision: notice.revision });
  }
}
