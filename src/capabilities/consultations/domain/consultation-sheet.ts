import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { ConsultationMode, ConsultationUrgency } from './consultation-states.ts';

/** What the doctors who were asked say. */
export interface Opinion {
  readonly opinion: string;
  readonly doctors: string;
  readonly mode: ConsultationMode;
  /** The day in China it was given. */
  readonly on: PlainDate;
}

const urgencyCodes: Readonly<Record<ConsultationUrgency, string>> = { routine: '1', soon: '2' };

/** 会诊记录表 of a consultation that was answered; the number of the record is added by whoever files it. */
export const consultationSheet = (of: {
  readonly name: string;
  readonly reason: string;
  readonly urgency: ConsultationUrgency;
  readonly fromName: string;
  readonly toName: string;
  readonly toDepartment: string;
  readonly opinion: Opinion;
  readonly responsibleDoctor: string;
}): FormAnswers => ({
  name: of.name,
  reason: of.reason,
  opinion: of.opinion.opinion,
  consultants: [{ orgName: `${of.toName} ${of.toDepartment}`, doctorNames: of.opinion.doctors }],
  responsibleDoctor: of.responsibleDoctor,
  consultDate: of.opinion.on,
  mode: of.opinion.mode,
  urgency: urgencyCodes[of.urgency],
  applyOrg: of.fromName,
});
