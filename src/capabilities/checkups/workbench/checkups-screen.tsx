import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import './checkups.css';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CheckupTasks } from './checkup-tasks.tsx';
import { CheckupYear } from './checkup-year.tsx';
import { ExamDays } from './exam-days.tsx';

const parts = [
  { key: 'days', label: '体检日' },
  { key: 'year', label: '年度名单' },
  { key: 'tasks', label: '体检后待办' },
] as const;
type Part = (typeof parts)[number]['key'];

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
      <PartTabs parts={parts} here={part} onChoose={setPart} />
      {part === 'days' && <ExamDays />}
      {part === 'year' && <CheckupYear />}
      {part === 'tasks' && <CheckupTasks />}
    </main>
  );
}
