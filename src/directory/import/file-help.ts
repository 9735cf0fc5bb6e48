import { COLUMNS } from '../domain/columns.ts';
import { ENTITY_TYPES, type EntityType } from '../domain/model.ts';

/** What each kind is called, in plural, to people. */
export const TYPE_NAMES: Readonly<Record<EntityType, string>> = {
  principals: 'Huvudmän',
  providers: 'Vård- och omsorgsgivare',
  units: 'Enheter',
  staff: 'Medarbetare',
  channels: 'Kontaktvägar',
};

/** The columns of every kind of file in Swedish, line by line, made from what the import itself reads by. */
export function describeFiles(): string[] {
  return ENTITY_TYPES.flatMap((type) => [
    `${TYPE_NAMES[type]} (${type}.csv):`,
    ...COLUMNS[type].map((column) => {
      const names = [column.field, ...column.swedish].join(' | ');
      return `  ${names}${'otherwise' in column ? '' : ' *'}\n      ${column.explain}`;
    }),
    '',
  ]);
}
