import { useState } from 'react';
import { Duplicates } from './duplicates.tsx';
import { Handovers } from './handovers.tsx';
import { Merges } from './merges.tsx';

const parts = { in: '待接收', out: '转出', duplicates: '疑似重复', merges: '合并记录' } as const;
type Part = keyof typeof parts;

/** Records on the move: people handed over to us and by us, records that may be of one person, merges. */
export function TransfersScreen() {
  const [part, setPart] = useState<Part>('in');
  return (
    <main className="page">
      <h1>档案交接与合并</h1>
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
      {(part === 'in' || part === 'out') && <Handovers key={part} side={part} />}
      {part === 'duplicates' && <Duplicates />}
      {part === 'merges' && <Merges />}
    </main>
  );
}
