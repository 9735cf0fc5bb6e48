/** A browser without scripts: follows redirects, keeps its cookies, sends one form at a time. */
export class Browser {
  readonly cookies = new Map<string, string>();

  /** Goes to an address, or sends a form there, and follows wherever that leads. */
  async go(url: string, form?: Record<string, string>): Promise<{ readonly url: string; readonly response: Response }> {
    let next = url;
    let body = form && new URLSearchParams(form);
    for (;;) {
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const method = body ? 'POST' : 'GET';
      const response = await fetch(next, { method, headers: { cookie }, redirect: 'manual', ...(body && { body }) });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        if (value) this.cookies.set(name, value);
        else this.cookies.delete(name);
      }
      const location = response.headers.get('location');
      if (location === null) return { url: next, response };
      next = new URL(location, next).href;
      body = undefined;
    }
  }
}
