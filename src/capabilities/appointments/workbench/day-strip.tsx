import { addDays, plainDate } from '#kernel/plain-date.ts';
import { weekdayLabels, weekdayOf } from '../domain/slot-time.ts';

/** A fortnight of days with what is free on each. */
export function DayStrip(props: {
  today: string;
  day: string;
  days: readonly { day: string; free: number; slots: number }[];
  onPick: (day: string) => void;
}) {
  const today = plainDate(props.today);
  const fortnight = Array.from({ length: 14 }, (_, index) => addDays(today, index));
  const free = new Map(props.days.map((one) => [one.day, one.free]));
  return (
    <div className="tabs" role="tablist" aria-label="日期">
      {fortnight.map((day) => (
        <button
          key={day}
          type="button"
          role="tab"
          className="tab"
          style={{ padding: '4px 10px', lineHeight: 1.3 }}
          aria-selected={props.day === day}
          onClick={() => props.onPick(day)}
        >
          <div>
            {day === today ? '今天' : day.slice(5).replace('-', '/')}{' '}
            <span className="small soft">{weekdayLabels[weekdayOf(day)]?.replace('星期', '周')}</span>
          </div>
          <div className="small soft">
            {free.has(day) ? (free.get(day) === 0 ? '约满' : `余 ${free.get(day)}`) : '无号'}
          </div>
        </button>
      ))}
    </div>
  );
}
