import { useState } from 'react';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import { Duplicates } from './duplicates.tsx';
import { Handovers } from './handovers.tsx';
import { Merges } from './merges.tsx';

const parts = [
  { key: 'in', label: '待接收' },
  { key: 'out', label: '转出' },
  { key: 'duplicates', label: '疑似重复' },
  { key: 'merges', label: '合并记录' },
] as const;
type Part = (typeof parts)[number]['key'];

/** Records on the move: people handed over to us and by us, records that may be of one person, merges. */
export function TransfersScreen() {
  const [part, setPart] = useState<Part>('in');
  return (
    <main className="page">
      <h1>档案交接与合并</h1>
      <PartTabs parts={parts} here={part} onChoose={setPart} />
      {(part === 'in' || part === 'out') && <Handovers key={part} side={part} />}
      {part === 'duplicates' && <Duplicates />}
      {part === 'merges' && <Merges />}
    </main>
  );
}
