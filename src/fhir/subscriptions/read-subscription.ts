import { type InvalidParameter, wrong } from '../../shared/problem.ts';
import { parseInstant, toRfc3339Utc } from '../../shared/rfc3339.ts';
import { resourceInvalid, resourceNotTaken } from '../problems.ts';
import { CONTENT_EXTENSION, FILTER_EXTENSION, HEARTBEAT_EXTENSION } from './names.ts';

/** What a client asks for by a Subscription. */
export interface AskedSubscription {
  readonly target: string;
  readonly description?: string;
  readonly payload: 'empty' | 'id-only';
  readonly contentType: string;
  readonly heartbeatSeconds?: number;
  readonly end?: string;
  readonly headers: readonly string[];
}

const CONTENT_TYPES = ['application/fhir+json', 'application/json'];
const SHORTEST_HEARTBEAT = 20;
const HEADER = /^([A-Za-z0-9-]{1,60}): ?([\x20-\x7e]{1,2000})$/;
/** What the connection sets itself. */
const OURS = /^(?:host|content-.*|transfer-encoding|connection|upgrade|te|trailer|expect|keep-alive|webhook-.*)$/i;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function extensionOf(element: fhir4.Element | undefined, url: string): fhir4.Extension | undefined {
  return Array.isArray(element?.extension) ? element.extension.find((one) => one?.url === url) : undefined;
}

/**
 * Reads a Subscription as our topic can serve it.
 *
 * @throws resource-invalid (400) for what FHIR R4 or the Backport asks for; resource-not-taken (422) for what is well-formed
 *   and not offered: another topic, filters, another channel, full resources
 */
export function readSubscriptionResource(sent: unknown, topic: string): AskedSubscription {
  const resource = (typeof sent === 'object' && sent !== null ? sent : {}) as Partial<fhir4.Subscription>;
  const channel: Partial<fhir4.SubscriptionChannel> = resource.channel ?? {};
  const missing: InvalidParameter[] = [];
  const demand = (name: string, holds: boolean) => {
    if (!holds) missing.push(wrong(name, 'Saknas eller har fel form.', 'Is missing or malformed.'));
  };
  demand('Subscription.resourceType', resource.resourceType === 'Subscription');
  demand('Subscription.status', resource.status === 'requested');
  demand('Subscription.reason', text(resource.reason) !== undefined);
  demand('Subscription.criteria', text(resource.criteria) !== undefined);
  demand('Subscription.channel.type', text(channel.type) !== undefined);
  demand('Subscription.channel.endpoint', URL.canParse(text(channel.endpoint) ?? ''));
  demand('Subscription.channel.header', headersOf(channel) !== undefined);
  demand('Subscription.end', resource.end === undefined || parseInstant(String(resource.end)) !== undefined);
  demand('Subscription.channel.extension', heartbeatOf(channel) !== null);
  if (missing.length > 0) throw resourceInvalid({ invalidParameters: missing });
  demandServed(resource as fhir4.Subscription, topic);
  const heartbeatSeconds = heartbeatOf(channel) ?? undefined;
  return {
    target: channel.endpoint!,
    description: resource.reason!.slice(0, 200),
    payload: payloadOf(channel as fhir4.SubscriptionChannel) as AskedSubscription['payload'],
    contentType: channel.payload ?? CONTENT_TYPES[0]!,
    ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
    ...(resource.end === undefined ? {} : { end: toRfc3339Utc(parseInstant(resource.end)!) }),
    headers: headersOf(channel)!,
  };
}

function demandServed(resource: fhir4.Subscription, topic: string): void {
  const { channel } = resource;
  const refused: InvalidParameter[] = [];
  const offer = (name: string, holds: boolean, sv: string, en: string) => {
    if (!holds) refused.push(wrong(name, sv, en));
  };
  offer('Subscription.criteria', resource.criteria === topic, 'Ämnet finns inte här.', 'There is no such topic here.');
  offer(
    'Subscription.criteria.extension',
    extensionOf(resource._criteria, FILTER_EXTENSION) === undefined,
    'Filter tas inte emot.',
    'Filters are not taken.',
  );
  offer('Subscription.channel.type', channel.type === 'rest-hook', 'Bara rest-hook.', 'Only rest-hook.');
  offer(
    'Subscription.channel.payload',
    channel.payload === undefined || CONTENT_TYPES.includes(channel.payload),
    'Bara JSON.',
    'Only JSON.',
  );
  offer(
    'Subscription.channel.payload.extension',
    ['empty', 'id-only'].includes(payloadOf(channel)),
    'Bara empty och id-only: hämta resursen med egen behörighet.',
    'Only empty and id-only: fetch the resource with your own rights.',
  );
  if (refused.length > 0) throw resourceNotTaken({ invalidParameters: refused });
}

function payloadOf(channel: fhir4.SubscriptionChannel): string {
  return extensionOf(channel._payload, CONTENT_EXTENSION)?.valueCode ?? 'id-only';
}

/** Seconds between signs of life; null when it is there and no number that we keep. */
function heartbeatOf(channel: Partial<fhir4.SubscriptionChannel>): number | undefined | null {
  const found = extensionOf(channel, HEARTBEAT_EXTENSION);
  if (!found) return undefined;
  const seconds = found.valueUnsignedInt;
  return Number.isInteger(seconds) && seconds! >= SHORTEST_HEARTBEAT && seconds! <= 86_400 ? seconds! : null;
}

function headersOf({ header }: Partial<fhir4.SubscriptionChannel>): readonly string[] | undefined {
  if (header === undefined) return [];
  if (!Array.isArray(header) || header.length > 10) return undefined;
  const isFit = (line: unknown) => {
    const name = typeof line === 'string' ? HEADER.exec(line)?.[1] : undefined;
    return name !== undefined && !OURS.test(name);
  };
  return header.every(isFit) ? header : undefined;
}
