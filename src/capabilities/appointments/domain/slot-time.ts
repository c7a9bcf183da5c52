import { timeInChina } from '#kernel/china-time.ts';
import { dayInChina, epochDayOf, type PlainDate } from '#kernel/plain-date.ts';

/** A time of day, `08:30`. */
export type TimeOfDay = string;

/** The instant of a day and time in China. */
export function instantInChina(day: PlainDate, time: TimeOfDay): Date {
  return new Date(`${day}T${time}:00+08:00`);
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: PlainDate): number {
  // Day 0 of the epoch was a Thursday.
  return ((((epochDayOf(day) + 3) % 7) + 7) % 7) + 1;
}

export const weekdayLabels = [
  '',
  '星期一',
  '星期二',
  '星期三',
  '星期四',
  '星期五',
  '星期六',
  '星期日',
] as const;

/** Whether a slot is over: booking it would be booking the past. */
export function isOver(slot: { readonly day: PlainDate; readonly ends: TimeOfDay }, now: Date): boolean {
  const today = dayInChina(now);
  return slot.day < today || (slot.day === today && slot.ends <= timeInChina(now));
}

export type HalfDay = 'morning' | 'afternoon';

/** The half day a slot begins in. */
export function halfDayOf(starts: TimeOfDay): HalfDay {
  return starts < '12:30' ? 'morning' : 'afternoon';
}

export const halfDayLabels: Readonly<Record<HalfDay, string>> = { morning: '上午', afternoon: '下午' };
