/** What can be wrong with a log. */
export type FaultKind =
  | 'entry-changed'
  | 'entry-removed'
  | 'entry-inserted'
  | 'entry-backdated'
  | 'entry-unsealed'
  | 'seal-missing'
  | 'seal-changed'
  | 'seal-contents'
  | 'kept-seal-differs'
  | 'kept-seal-missing'
  | 'seal-not-kept';

/** One thing that is wrong, and where: an entry's own key and time, or a seal's number; never what an entry holds. */
export interface LogFault {
  readonly kind: FaultKind;
  readonly seal?: number;
  readonly entry?: { readonly id: string; readonly at: string };
}

export type OnFault = (fault: LogFault) => void;

const TEXTS: Readonly<Record<FaultKind, string>> = {
  'entry-changed': 'Post ändrad',
  'entry-removed': 'Post borttagen',
  'entry-inserted': 'Post insatt vid sidan av tjänsten',
  'entry-backdated': 'Post med en tid som inte stämmer med när den förseglades',
  'entry-unsealed': 'Post som har väntat för länge på försegling',
  'seal-missing': 'Försegling saknas',
  'seal-changed': 'Försegling ändrad',
  'seal-contents': 'Förseglingens poster är inte de som förseglades',
  'kept-seal-differs': 'Försegling är en annan än den som sparats utanför databasen',
  'kept-seal-missing': 'Försegling som sparats utanför databasen saknas i den',
  'seal-not-kept': 'Försegling saknas bland dem som sparats utanför databasen',
};

/** A fault in a line of Swedish. */
export function faultLine({ kind, seal, entry }: LogFault): string {
  const where = [
    ...(seal === undefined ? [] : [`försegling ${seal}`]),
    ...(entry === undefined ? [] : [`post ${entry.id}, ${entry.at}`]),
  ];
  return `${TEXTS[kind]}: ${where.join(', ')}`;
}
