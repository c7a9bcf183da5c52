import { Link, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { Program } from '#capabilities/residents/contract.ts';
import { programLabels, programs } from '#capabilities/residents/domain/program.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { PartTabs } from '#platform/browser/design-system/part-tabs.tsx';
import { type ClinicalState, StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { listWorklist, type WorklistBucket, type WorklistItem } from '../contract.ts';
import { taskKindLabels } from '../domain/follow-up-task.ts';

const buckets: readonly { key: WorklistBucket; label: string }[] = [
  { key: 'all', label: '全部' },
  { key: 'crisis', label: '危急' },
  { key: 'refer', label: '转诊' },
  { key: 'recheck', label: '两周复查' },
  { key: 'overdue', label: '逾期' },
  { key: 'due', label: '到期' },
  { key: 'soon', label: '7日内' },
];

/** Who needs a visit today, most urgent first; beneath its head what other capabilities owe today. */
export function WorklistScreen({ children }: { children?: ReactNode }) {
  const [bucket, setBucket] = useState<WorklistBucket>('all');
  const [program, setProgram] = useState<Program>();
  const [selected, setSelected] = useState(0);
  const navigate = useNavigate();
  const work = usePages({
    queryKey: ['worklist', bucket, program],
    read: (cursor) => callApi(listWorklist, { query: { bucket, program, limit: 30, cursor } }),
  });
  const first = work.data?.first;
  const items = work.data?.items ?? [];

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLElement && event.target.matches('input, textarea')) return;
      if (event.key === 'j') setSelected((n) => Math.min(n + 1, items.length - 1));
      if (event.key === 'k') setSelected((n) => Math.max(n - 1, 0));
      const item = items[selected];
      if (event.key === 'Enter' && item && document.activeElement === document.body) {
        void navigate({ to: '/residents/$residentId', params: { residentId: item.residentId } });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [items, selected, navigate]);

  return (
    <main className="page">
      <div className="row spread">
        <h1>今日工作</h1>
        <span className="row">
          <span className="soft">{first ? `${first.scopeName} · ${first.asOf}` : ''}</span>
          <Select<Program | 'all'>
            aria-label="病种"
            style={{ width: 130 }}
            value={program ?? 'all'}
            onChange={(value) => {
              setProgram(value === 'all' ? undefined : value);
              setSelected(0);
            }}
            options={[
              { value: 'all', label: '全部病种' },
              ...programs.map((value) => ({ value, label: programLabels[value] })),
            ]}
          />
        </span>
      </div>
      {children}
      <PartTabs
        parts={buckets.map(({ key, label }) => ({
          key,
          label: `${label} ${first ? first.counts[key] : ''}`,
        }))}
        here={bucket}
        onChoose={(one) => {
          setBucket(one);
          setSelected(0);
        }}
      />
      {work.isPending && <Loading rows={8} />}
      {work.isLoadingError && <Failure error={work.error} onRetry={() => void work.refetch()} />}
      {first && items.length === 0 && (
        <Empty title="这里没有需要随访的人">
          {bucket === 'all' ? '今天的工作都做完了。' : '请看其他分类。'}
        </Empty>
      )}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((item, index) => (
            <WorklistLine key={item.id} item={item} isSelected={index === selected} />
          ))}
        </div>
      )}
      <MoreButton list={work} />
    </main>
  );
}

function WorklistLine({ item, isSelected }: { item: WorklistItem; isSelected: boolean }) {
  return (
    <Link
      to="/residents/$residentId"
      params={{ residentId: item.residentId }}
      className="work-line"
      data-selected={isSelected}
    >
      <StateTag state={stateOf(item)}>
        {item.overdueDays > 0 && item.kind === 'routine' ? '逾期' : taskKindLabels[item.kind]}
      </StateTag>
      <div>
        <b>{item.name}</b> {printSex(item.sex)} {item.ageYears} 岁
        <div className="small soft">{item.organizationName}</div>
      </div>
      <div className="small">
        <b>{programLabels[item.program]}</b> {item.reason}
      </div>
      <div className="small">
        {item.program !== 'hypertension'
          ? ''
          : item.lastSbp !== null && item.lastDbp !== null
            ? `上次 ${item.lastSbp}/${item.lastDbp}`
            : '尚无随访'}
        <div style={{ color: item.overdueDays > 0 ? 'var(--late)' : 'var(--ink-soft)' }}>
          {item.overdueDays > 0 ? `已逾期 ${item.overdueDays} 天` : `应于 ${item.dueOn}`}
        </div>
      </div>
    </Link>
  );
}

function stateOf(item: WorklistItem): ClinicalState {
  if (item.kind === 'crisis') return 'crisis';
  if (item.kind === 'refer' || item.overdueDays > 0) return 'late';
  return item.kind === 'recheck' ? 'recheck' : 'plain';
}
