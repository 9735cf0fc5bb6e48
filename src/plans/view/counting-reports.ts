import type { PlanContent } from '../domain/model.ts';
import type { PlanRecord } from '../store/record.ts';

/**
 * The reports of the steps that the reader sees. A tick whose words are not for the reader still counts, or what is
 * done would be told as late; its words are left out.
 */
export function countingReports(record: Pick<PlanRecord, 'content'>, content: PlanContent): PlanContent['report'] {
  const steps = new Set(content.step.map((step) => step.id));
  const shown = new Map(content.report.map((report) => [report.id, report]));
  return record.content.report.flatMap((report) => {
    if (report.enteredInError || !steps.has(report.stepId)) return [];
    const { note: _note, patientText: _text, value: _value, reason: _reason, ...counts } = report;
    return [shown.get(report.id) ?? counts];
  });
}
