import { type Sender, type Shown, StageFault, type StageRequest } from '../../demo/index.ts';

type Whole = Readonly<Record<string, Shown | readonly Shown[]>>;

/** What a change is sent with beside its body. */
interface More {
  readonly method?: 'POST' | 'PATCH';
}

/**
 * The stage of a story: who sends what, and the things that have been made so far, by names of the story's own.
 * Everybody reads a thing before changing it, so that its revision is the one they have seen.
 */
export class Play {
  readonly #sender: Sender;
  readonly #places = new Map<string, { readonly id: string; readonly url: string }>();
  #reports = 0;

  constructor(sender: Sender) {
    this.#sender = sender;
  }

  send<T = Shown>(persona: string, request: StageRequest): Promise<T> {
    return this.#sender.send<T>(persona, request);
  }

  get<T = Shown>(persona: string, url: string): Promise<T> {
    return this.send<T>(persona, { method: 'GET', url });
  }

  post<T = Shown>(persona: string, url: string, body: object): Promise<T> {
    return this.send<T>(persona, { method: 'POST', url, body });
  }

  /** Remembers something that was made, under `url`, its plan's address or the person's. */
  remember(name: string, id: string, url: string): void {
    this.#places.set(name, { id, url });
  }

  id(name: string): string {
    return this.#place(name).id;
  }

  #place(name: string) {
    const place = this.#places.get(name);
    if (!place) throw new Error(`the story has no ${name}`);
    return place;
  }

  /** Writes a whole plan, and remembers it and each of its parts that has a title or text named here. */
  async writePlan(persona: string, name: string, body: object): Promise<void> {
    const whole = await this.post<Whole>(persona, '/v1/plans', body);
    const { id } = whole.plan as Shown;
    this.remember(name, id, `/v1/plans/${id}`);
    this.#rememberParts(name, whole);
  }

  #rememberParts(plan: string, whole: Whole): void {
    const { url } = this.#place(plan);
    for (const [collection, things] of Object.entries(whole)) {
      if (!Array.isArray(things)) continue;
      for (const thing of things as readonly Shown[]) {
        const name = thing.title ?? thing.text ?? (thing.party as { unit?: string } | undefined)?.unit ?? thing.role;
        if (typeof name === 'string') this.remember(`${plan}: ${name}`, thing.id, `${url}/${pathOf(collection)}`);
      }
    }
  }

  /** Adds something to a plan, and remembers it by its title. */
  async add(persona: string, plan: string, path: string, body: object): Promise<Shown> {
    const { url } = this.#place(plan);
    const made = await this.post(persona, `${url}/${path}`, body);
    if (made.title !== undefined) this.remember(`${plan}: ${made.title}`, made.id, `${url}/${path}`);
    return made;
  }

  /** Reads one thing of a plan as a persona sees it now. */
  async read(persona: string, name: string): Promise<Shown> {
    const { id, url } = this.#place(name);
    const [planUrl = ''] = /^\/v1\/plans\/[^/]+/.exec(url) ?? [];
    const whole = await this.get<Whole>(persona, planUrl);
    const all = Object.values(whole).flat() as readonly Shown[];
    const found = all.find((thing) => thing.id === id);
    if (!found) throw new Error(`${persona} does not see ${name}`);
    return found;
  }

  /** Changes a thing by one of its routes: `accept`, `transition`; without one, the thing itself. */
  async change(persona: string, name: string, verb: string, body: object, { method = 'POST' }: More = {}) {
    const { revision } = await this.read(persona, name);
    const { id, url } = this.#place(name);
    const own = url.endsWith(id) ? url : `${url}/${id}`;
    return this.send(persona, { method, url: verb ? `${own}/${verb}` : own, body, revision });
  }

  /** Reports what happened with a step; safe to send again, so it needs no revision. */
  async report(persona: string, name: string, body: object): Promise<Shown> {
    const { id, url } = this.#place(name);
    this.#reports += 1;
    return this.send(persona, {
      method: 'POST',
      url: `${url}/${id}/reports`,
      body,
      key: `walkthrough-${this.#reports}`,
    });
  }

  /** Does what must be refused, and gives the refusal. */
  async refused(act: Promise<unknown>): Promise<Readonly<Record<string, unknown>>> {
    const error = await act.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error === undefined) return { code: 'none' };
    if (error instanceof StageFault) return JSON.parse(error.answer) as Record<string, unknown>;
    throw error;
  }
}

const PATHS: Readonly<Record<string, string>> = { namedContacts: 'named-contacts', whatMatters: 'what-matters' };

function pathOf(collection: string): string {
  return PATHS[collection] ?? collection;
}
