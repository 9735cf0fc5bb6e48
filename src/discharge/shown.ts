import { withoutProtectedStaff } from '../access/index.ts';
import type { DischargeMessage } from './domain/model.ts';
import { type Stay, stayOf } from './domain/states.ts';
import type { DischargeRecord } from './store/messages.ts';

/**
 * The messages that the acting unit, or a unit of the acting system's provider, has sent or is a receiver of: the law names
 * who is to be told of a stay (LUS 2:1, 3:1, 3:2), and nobody else learns that there is one. What was told while the person was
 * protected stays with those on the list.
 */
export function shownTo({ facts, ours, messages, withheld }: DischargeRecord): readonly DischargeMessage[] {
  const own = new Set(ours.map(({ hsaId }) => hsaId));
  const shown = messages.filter(
    ({ id, recordedBy, receivers }) => !withheld.has(id) && [recordedBy.unit, ...receivers].some((it) => own.has(it)),
  );
  return withoutProtectedStaff(shown, facts.protectedStaff ?? new Set());
}

/** A stay with the messages that its reader sees. Who sees the admission notice sees how the whole stay stands. */
export interface ShownStay {
  readonly stay: Stay;
  readonly isWhole: boolean;
  readonly messages: readonly DischargeMessage[];
}

/** The stays that the acting unit knows something of, the latest first. */
export function staysShown(record: DischargeRecord): ShownStay[] {
  const shown = shownTo(record);
  const ids = [...new Set(shown.map(({ admissionId }) => admissionId))].sort().reverse();
  return ids.map((id) => {
    const messages = shown.filter(({ admissionId }) => admissionId === id);
    const isWhole = messages.some(({ kind }) => kind === 'admission');
    // How a whole stay stands is read from what may be known of it; of another nothing but its messages is shown.
    const all = record.messages.filter((one) => one.admissionId === id && !(isWhole && record.withheld.has(one.id)));
    return { stay: stayOf(all, record.deathAt), isWhole, messages };
  });
}
