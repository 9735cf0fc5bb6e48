import { wrong } from '../../shared/problem.ts';
import { linkEmpty } from '../problems.ts';
import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandHttps, refuseInError } from './demands.ts';
import type { Link } from './model.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { differing, type Fields, isEmpty } from './same.ts';
import { actsAs, demand, mayChangeContent } from './who-may.ts';

export type LinkCommand = NewOwned & Pick<Link, 'to' | 'title' | 'url' | 'reference'>;

function checkLink(link: Partial<Link>): void {
  demandHttps(link.url, 'url');
  if (link.url !== undefined || link.reference !== undefined) return;
  throw linkEmpty({
    invalidParameters: [wrong('url', 'Ange adress eller referens', 'Give an address or a reference')],
  });
}

/** Adds a reference to another plan, medicines or a booking service: a link, never a copy. @throws link-not-allowed (422) */
export function addLink(hand: PlanInHand, command: LinkCommand, act: Act): Change[] {
  refuseClosed(hand.plan);
  checkLink(command);
  const link: Link = Object.assign(newInPlan(act, hand.plan, command), {
    to: command.to,
    title: command.title,
    url: command.url,
    reference: command.reference,
  });
  return [added('link', link)];
}

type LinkField = 'to' | 'title' | 'url' | 'reference' | 'approvedForPatient';

/** Changes a link, by the unit that wrote it. @throws content-not-yours (403), plan-closed (409), link-not-allowed (422) */
export function changeLink(hand: PlanInHand, link: Link, fields: Fields<Link, LinkField>, act: Act): Change[] {
  demand(mayChangeContent(link, actsAs(act)));
  refuseClosed(hand.plan);
  refuseInError(link);
  const differs = differing<Link, LinkField>(link, fields);
  if (isEmpty(differs)) return [];
  checkLink({ ...link, ...differs });
  return [changed('link', link, revised<Link>(link, act, differs))];
}
