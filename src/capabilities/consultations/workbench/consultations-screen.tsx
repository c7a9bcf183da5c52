import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { listConsultations } from '../contract.ts';
import type { ConsultationSide } from '../domain/consultation-states.ts';
import { ConsultationCard } from './consultation-card.tsx';

const sides = [
  { key: 'asked', label: '请我们会诊的' },
  { key: 'asking', label: '我们申请的' },
] as const;
const parts = { open: '进行中', done: '已结束' } as const;
type Part = keyof typeof parts;

const nothing: Readonly<Record<ConsultationSide, Readonly<Record<Part, string>>>> = {
  asked: { open: '没有要答复的会诊', done: '还没有结束的会诊' },
  asking: { open: '没有进行中的会诊', done: '还没有结束的会诊' },
};

const refreshMs = 30_000;

/** 会诊: what others ask this house, and what this house asks: about whom, why, how urgent, and what was answered. */
export function ConsultationsScreen() {
  const { role } = useActor();
  const search = useSearch({ from: '/consultations' });
  // Nobody asks a village; it follows what was asked about its own residents.
  const isVillage = role === 'village-doctor';
  const [side, setSide] = useState<ConsultationSide>(
    isVillage || search.side === 'asking' ? 'asking' : 'asked',
  );
  const [part, setPart] = useState<Part>('open');
  const other = part === 'open' ? 'done' : 'open';
  return (
    <main className="page">
      <div className="row spread">
        <h1>会诊</h1>
        <button type="button" className="link-button" onClick={() => setPart(other)}>
          看{parts[other]}的
        </button>
      </div>
      {!isVillage && <PartTabs parts={sides} here={side} onChoose={setSide} />}
      <ConsultationList key={`${side} ${part}`} side={side} part={part} />
    </main>
  );
}

function ConsultationList({ side, part }: { side: ConsultationSide; part: Part }) {
  const list = usePages({
    queryKey: ['consultations', side, part],
    read: (cursor) => callApi(listConsultations, { query: { side, part, limit: 20, cursor } }),
    refetchInterval: refreshMs,
  });
  if (list.isPending) return <Loading />;
  if (list.isLoadingError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const { items } = list.data;
  if (items.length === 0)
    return (
      <Empty title={nothing[side][part]}>
        {side === 'asking'
          ? '在居民的页面点“请会诊”，可请县医院、别的卫生院，或本院别的科室。'
          : '别的机构或本院别的科室请会诊时，会出现在这里，加急的在前。'}
      </Empty>
    );
  return (
    <>
      {items.map((one) => (
        <ConsultationCard key={one.id} line={one} side={side} />
      ))}
      <MoreButton list={list} />
    </>
  );
}
