/** References of a resource are rewritten to what they lead to here; what is not rewritten is left as it is. */

/** What a reference is to be in place of its address; undefined for one that is left as it is. */
export type Resolve = (reference: string, path: string) => fhir4.Reference | undefined;

type Node = Readonly<Record<string, unknown>>;

function rewriteNode(node: Node, path: string, resolve: Resolve): unknown {
  const { reference } = node;
  const to = typeof reference === 'string' ? resolve(reference, path) : undefined;
  if (to) {
    const { reference: _from, ...rest } = node;
    return { ...rest, ...to };
  }
  const entries = Object.entries(node).map(([name, value]) => [name, rewrite(value, `${path}.${name}`, resolve)]);
  return Object.fromEntries(entries);
}

function rewrite(value: unknown, path: string, resolve: Resolve): unknown {
  if (Array.isArray(value)) return value.map((one, i) => rewrite(one, `${path}[${i}]`, resolve));
  return typeof value === 'object' && value !== null ? rewriteNode(value as Node, path, resolve) : value;
}

/** The resource with its references rewritten, those of what it contains included. */
export function rewritten<R>(resource: R, path: string, resolve: Resolve): R {
  return rewrite(resource, path, resolve) as R;
}
