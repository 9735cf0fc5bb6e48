import type { Actor } from '../../shared/actor.ts';
import { ACTIONS, type Action } from '../actions.ts';

/**
 * Whether a token's scopes cover an action. Scopes narrow, never widen: a token without any is as wide as its actor, one
 * with some does only what they name, an action (`plan.read`), a group (`plan.*`), `read` or `write`.
 */
export function withinScopes(actor: Actor, action: Action): boolean {
  const { scopes } = actor;
  if (!scopes) return true;
  const general = ACTIONS[action] === 'Läsa' ? 'read' : 'write';
  const group = `${action.slice(0, action.indexOf('.'))}.*`;
  return scopes.some((scope) => scope === action || scope === group || scope === general);
}
