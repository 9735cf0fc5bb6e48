import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import fhirclient from 'fhirclient';
import { Browser } from './browser.ts';

type SmartClient = Awaited<ReturnType<ReturnType<typeof fhirclient>['ready']>>;

/** An app made with `fhirclient`, as a small web server: `/launch` sends the user off, `/callback` takes the code. */
export class SmartApp {
  readonly #server: Server;
  readonly #stored = new Map<string, unknown>();
  #client?: SmartClient;

  constructor(settings: { readonly iss: string; readonly scope: string; readonly clientId: string }) {
    const storage = {
      get: async (key: string) => this.#stored.get(key),
      set: async (key: string, value: unknown) => {
        this.#stored.set(key, value);
        return value;
      },
      unset: async (key: string) => this.#stored.delete(key),
    };
    this.#server = createServer(async (request, response) => {
      const smart = fhirclient(request as never, response as never, storage as never);
      try {
        if (request.url?.startsWith('/launch')) {
          await smart.authorize({ ...settings, redirectUri: `${this.url}/callback`, pkceMode: 'required' });
        } else {
          this.#client = await smart.ready();
          response.end('signed in');
        }
      } catch (error) {
        response.statusCode = 500;
        response.end(String(error));
      }
    });
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Launches, chooses a persona on the page that is shown, and comes back signed in. */
  async signIn(persona: string): Promise<SmartClient> {
    const browser = new Browser();
    const shown = await browser.go(`${this.url}/launch`);
    const html = await shown.response.text();
    if (!shown.url.includes('/interaction/')) throw new Error(`${shown.url} ${html}`);
    const back = await browser.go(shown.url, { persona });
    const text = await back.response.text();
    if (!this.#client) throw new Error(`${back.url} ${text}`);
    return this.#client;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
