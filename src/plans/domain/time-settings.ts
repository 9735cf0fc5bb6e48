/** What the field leaves open about times, and a deployment may decide. */
export interface TimeSettings {
  /** A series whose occurrences are further apart than this is told anew each time; the others stand under "every day". */
  readonly farApartDays: number;
  /** A fixed time this near goes before everything else. */
  readonly fixedWithinHours: number;
  /** How long a booked time without an end is taken to last: until then nobody is late. */
  readonly visitMinutes: number;
}

/** docs/domain.md 4, "The next step"; the length of a visit is our own and rather too long than a false alarm. */
export const DEFAULT_TIME_SETTINGS: TimeSettings = { farApartDays: 7, fixedWithinHours: 24, visitMinutes: 60 };
