/**
 * How much the property tests try, in one place: enough to find faults within the seconds that `npm test` has, and ten
 * times that when `TEST_LONG=yes`.
 */
const TIMES = process.env.TEST_LONG === 'yes' ? 10 : 1;

export const SIZES = {
  /** Random histories of commands on one generated plan, and how many commands each has. */
  planHistories: 150 * TIMES,
  planHistoryLength: 60,
  /** Sets of reports, each sent in several orders and more than once. */
  reportSets: 300 * TIMES,
  /** Random graphs of steps compared with a slow and plain search for circles. */
  stepGraphs: 500 * TIMES,
  /** Generated records of plans judged by validators of FHIR, for each kind of reader: thousands of plans when long. */
  fhirPlans: TIMES === 1 ? 25 : 1000,
  /** Moments at which the next step of random plans is asked for by everyone, in every way. */
  nextStepMoments: 3 * TIMES,
  /** Random wordings of things compared in lists of changes. */
  wordings: 200 * TIMES,
  /** Random worlds per property of the access policy. */
  accessWorlds: 1000 * TIMES,
  /** How often the service is killed in the middle of writes. */
  kills: 20 * TIMES,
  /** How often dispatchers and workers are killed while events flow, and how many events. */
  deliveryKills: 5 * TIMES,
  deliveryEvents: 1000 * TIMES,
  /** Random histories of changes that tell things, sequenced and read by several at once. */
  toldHistories: 25 * TIMES,
  /** Random histories of requests, and how many requests each has. */
  requestHistories: 8 * TIMES,
  requestHistoryLength: 25,
} as const;
