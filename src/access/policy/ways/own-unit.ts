import { type Answer, NOT_THIS_WAY } from '../sight.ts';
import type { Way } from './way.ts';

const OWN: Answer = { shown: 'whole', ground: 'own-unit' };

/** What the own unit has written is always readable by it, blocked or not, also when its part in the plan is over. */
export const ownUnit: Way =
  ({ unit }) =>
  (c) =>
    c.ownerUnit === unit.hsaId && c.ownerProvider === unit.provider.hsaId ? OWN : NOT_THIS_WAY;
