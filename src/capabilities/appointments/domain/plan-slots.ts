import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { isPublicHoliday } from '#standards/public-holidays.ts';
import { type TimeOfDay, weekdayOf } from './slot-time.ts';

/** A line of a weekly schedule. */
export interface WeeklyLine {
  readonly id: string;
  readonly weekday: number;
  readonly starts: TimeOfDay;
  readonly ends: TimeOfDay;
  readonly capacity: number;
}

/** A slot to make: which line on which day. */
export interface PlannedSlot {
  readonly scheduleId: string;
  readonly day: PlainDate;
}

/**
 * The slots that weekly lines make over some days, holidays left out. The same lines and days give the same slots, so
 * planning again makes nothing twice.
 */
export function planSlots(lines: readonly WeeklyLine[], from: PlainDate, days: number): PlannedSlot[] {
  return Array.from({ length: days }, (_, n) => addDays(from, n))
    .filter((day) => !isPublicHoliday(day))
    .flatMap((day) =>
      lines.filter((line) => line.weekday === weekdayOf(day)).map((line) => ({ scheduleId: line.id, day })),
    );
}

export type SlotKind = 'centre' | 'doctor' | 'lead-hospital' | 'outreach';

export const slotKindLabels: Readonly<Record<SlotKind, string>> = {
  centre: '一站式中心',
  doctor: '家庭医生',
  'lead-hospital': '牵头医院号源',
  outreach: '下乡专家门诊与义诊',
};
