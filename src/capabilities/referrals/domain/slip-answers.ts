import type { FormAnswers } from '#kernel/form-shape.ts';

/** What of a referral stands on the two national slips. */
export interface SlipSource {
  readonly name: string;
  readonly sex: string;
  readonly ageYears: number | null;
  readonly fromName: string;
  /** Where the person was sent back to, when not to the sender. */
  readonly backToName: string | null;
  readonly toName: string | null;
  /** The hospital found the person itself: the slip goes with them to the house they wish for. */
  readonly isFound: boolean;
  readonly toDepartment: string;
  readonly requestedByName: string;
  readonly urgency: string;
  readonly reason: string;
  readonly firstHandling: string;
  readonly summary: {
    readonly conditions: readonly string[];
    readonly readings: readonly { label: string; value: number; unit: string; on: string }[];
    readonly medicines: readonly string[];
  };
}

const person = ({ name, sex, ageYears }: SlipSource) => ({
  name,
  gender: sex,
  ...(ageYears === null ? {} : { age: ageYears }),
});

/** 双向转诊单（转出）as a referral fills it; what it does not hold, as the address, is left for the pen. */
export function outSlip(of: SlipSource, requestedOn: string): FormAnswers {
  const readings = of.summary.readings.map((one) => `${one.label} ${one.value} ${one.unit}（${one.on}）`);
  return {
    ...person(of),
    referDate: requestedOn,
    signDate: requestedOn,
    toOrg: of.toName ?? '',
    toDept: of.toDepartment,
    fromDoctor: of.requestedByName,
    fromOrg: of.fromName,
    impression: of.summary.conditions.join('、'),
    presentIllness: [of.reason, ...readings].join('；'),
    pastHistory: of.summary.conditions.join('、'),
    // Sent from the village nothing may have been done yet.
    treatment: [of.firstHandling, ...of.summary.medicines].filter(Boolean).join('；'),
    urgency: of.urgency === 'routine' ? '1' : '2',
  };
}

/** 双向转诊单（回转）as the receiving house filled it. */
export function backSlip(
  of: SlipSource,
  back: Readonly<Record<string, string>>,
  takenOnBy: string | undefined,
): FormAnswers {
  return {
    ...person(of),
    ...back,
    signDate: back.backDate,
    ...(of.isFound
      ? { toOrg: of.toName ?? '', fromOrg: of.fromName, toDoctor: takenOnBy ?? '' }
      : {
          toOrg: of.backToName ?? of.fromName,
          fromOrg: of.toName ?? '',
          toDoctor: takenOnBy ?? (of.backToName === null ? of.requestedByName : ''),
        }),
  };
}
