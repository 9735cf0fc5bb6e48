import type { ThingId } from '../../shared/ids.ts';
import { isShown } from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import type { Instant, PlanContent, Remark, ReportOutcome, SwedishDate } from './model.ts';
import { type WriterView, writerView } from './overview-people.ts';
import { whatOf } from './step-view.ts';
import { epochOf } from './when.ts';

/** A question, wish for another time, objection or comment, with who answered and when. */
export interface RemarkView {
  readonly id: ThingId;
  readonly planId: ThingId;
  readonly what: Remark['what'];
  readonly text: string;
  readonly wishedTime?: string;
  readonly about?: { readonly id: ThingId; readonly what?: string };
  readonly by: WriterView;
  readonly at: Instant;
  readonly answers: readonly {
    readonly id: ThingId;
    readonly text: string;
    readonly by: WriterView;
    readonly at: Instant;
  }[];
  /** The patient has asked and nobody has answered yet. */
  readonly awaitsAnswer: boolean;
}

/** Words to the patient that came with a report. */
export interface MessageView {
  readonly id: ThingId;
  readonly planId: ThingId;
  readonly stepId: ThingId;
  readonly what?: string;
  readonly occurrence?: SwedishDate;
  readonly outcome: ReportOutcome;
  readonly text: string;
  readonly by: WriterView;
  readonly at: Instant;
}

const ASKS: ReadonlySet<Remark['what']> = new Set<Remark['what']>(['question', 'another-time', 'objection']);
/** The latest are what is news; the others stand with their steps in the history. */
const MOST_MESSAGES = 20;

const latestFirst = <T extends { readonly at: Instant; readonly id: ThingId }>(a: T, b: T) =>
  epochOf(b.at) - epochOf(a.at) || (a.id < b.id ? 1 : -1);

function aboutView(remark: Remark, content: PlanContent): RemarkView['about'] {
  if (remark.aboutId === undefined) return undefined;
  const step = content.step.find((one) => one.id === remark.aboutId && isShown(one));
  const promise = content.commitment.find((one) => one.id === remark.aboutId && isShown(one));
  const what = step ? whatOf(step) : promise?.text;
  return { id: remark.aboutId, ...(what !== undefined && { what }) };
}

/** What has been asked and said, the latest first, each with its answers in the order they came. */
export function remarksView(
  planIds: ReadonlySet<ThingId>,
  content: PlanContent,
  context: PlanContext,
): readonly RemarkView[] {
  const shown = content.remark.filter((remark) => planIds.has(remark.planId) && isShown(remark));
  const answersTo = (id: ThingId) =>
    shown
      .filter((remark) => remark.what === 'answer' && remark.answers === id)
      .map((answer) => ({
        id: answer.id,
        text: answer.text,
        by: writerView(answer.recordedBy, context),
        at: answer.createdAt,
      }))
      .sort((a, b) => -latestFirst(a, b));
  return shown
    .filter((remark) => remark.what !== 'answer')
    .map((remark): RemarkView => {
      const about = aboutView(remark, content);
      const answers = answersTo(remark.id);
      return {
        id: remark.id,
        planId: remark.planId,
        what: remark.what,
        text: remark.text,
        ...(remark.wishedTime !== undefined && { wishedTime: remark.wishedTime }),
        ...(about && { about }),
        by: writerView(remark.recordedBy, context),
        at: remark.createdAt,
        answers,
        awaitsAnswer: ASKS.has(remark.what) && answers.length === 0,
      };
    })
    .sort(latestFirst);
}

/** The words that came with reports, the latest first; never the notes for colleagues. */
export function messagesView(
  planIds: ReadonlySet<ThingId>,
  content: PlanContent,
  context: PlanContext,
): readonly MessageView[] {
  const told = content.report.filter((report) => planIds.has(report.planId) && isShown(report) && report.patientText);
  const steps = new Map(content.step.filter(isShown).map((step) => [step.id, step]));
  return told
    .map((report): MessageView => {
      const step = steps.get(report.stepId);
      return {
        id: report.id,
        planId: report.planId,
        stepId: report.stepId,
        ...(step && { what: whatOf(step) }),
        ...(report.occurrence !== undefined && { occurrence: report.occurrence }),
        outcome: report.outcome,
        text: report.patientText!,
        by: writerView(report.recordedBy, context),
        at: report.performedAt,
      };
    })
    .sort(latestFirst)
    .slice(0, MOST_MESSAGES);
}
