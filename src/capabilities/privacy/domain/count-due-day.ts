import { addDays, epochDayOf, type PlainDate } from '#kernel/plain-date.ts';
import { holidayYears, isPublicHoliday } from '#standards/public-holidays.ts';

/** Whether public offices work on the day. Of a year whose holidays are not announced fewer are known: dues come earlier. */
export function isWorkingDay(day: PlainDate): boolean {
  if (holidayYears.some((one) => one.worked.includes(day))) return true;
  // Day 0 of the count was a Thursday.
  const weekday = (((epochDayOf(day) + 3) % 7) + 7) % 7;
  return weekday < 5 && !isPublicHoliday(day);
}

/** The last day of so many working days, counted from the day after. */
export function countDueDay(received: PlainDate, workingDays: number): PlainDate {
  let day = received;
  for (let left = workingDays; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}
