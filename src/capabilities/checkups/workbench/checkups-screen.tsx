import './checkups.css';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CheckupTasks } from './checkup-tasks.tsx';
import { CheckupYear } from './checkup-year.tsx';
import { ExamDays } from './exam-days.tsx';

const parts = { days: '体检日', year: '年度名单', tasks: '体检后待办' } as const;
type Part = keyof typeof parts;

/** Annual checkups: exam days, who is due this year, what is still to be done after them. */
export function CheckupsScreen() {
  const [part, setPart] = useState<Part>('days');
  return (
    <main className="page">
      <div className="row spread">
        <h1>健康体检</h1>
        <span className="small soft">
          单独体检：在<Link to="/residents">居民</Link>档案中填写健康体检表。
        </span>
      </div>
      <div className="tabs" role="tablist">
        {(Object.keys(parts) as Part[]).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            className="tab"
            aria-selected={part === one}
            onClick={() => setPart(one)}
          >
            {parts[one]}
          </button>
        ))}
      </div>
      {part === 'days' && <ExamDays />}
      {part === 'year' && <CheckupYear />}
      {part === 'tasks' && <CheckupTasks />}
    </main>
  );
}
