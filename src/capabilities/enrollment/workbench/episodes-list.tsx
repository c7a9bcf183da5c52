import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { screenedConditionLabels } from '#clinical/screening/plan-high-risk-visit.ts';
import type { ScreenedCondition } from '#clinical/screening/screening-parameters.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { type EpisodeLine, listEpisodes } from '../contract.ts';
import { conditionName, courseSign, sheetOf, sourceName } from './course-words.ts';
import { ClearDialog, ConfirmDialog } from './settle-dialogs.tsx';

export type ListedState = 'suspected' | 'confirmed' | 'high-risk';
const dueTabs = [
  ['all', '全部'],
  ['overdue', '逾期'],
  ['soon', '7日内'],
] as const;
const nobody: Readonly<Record<ListedState, string>> = {
  suspected: '没有待确诊的人',
  confirmed: '没有待纳管的人',
  'high-risk': '没有高危人群',
};

/** People at one step of the course, the most overdue first, with the step that is next. */
export function EpisodesList({ state }: { state: ListedState }) {
  const [due, setDue] = useState<'all' | 'overdue' | 'soon'>('all');
  const [condition, setCondition] = useState<string>();
  const [settling, setSettling] = useState<{ episode: EpisodeLine; how: 'confirm' | 'clear' }>();
  const list = usePages({
    queryKey: ['episodes', state, due, condition],
    read: (cursor) =>
      callApi(listEpisodes, {
        query: {
          state,
          due,
          condition: condition as keyof typeof screenedConditionLabels | undefined,
          limit: 30,
          cursor,
        },
      }),
  });
  const first = list.data?.first;
  const items = list.data?.items ?? [];
  return (
    <>
      <div className="row spread">
        <div className="row">
          {dueTabs.map(([key, label]) => (
            <button
              key={key}
              type="button"
              className="choice"
              aria-pressed={due === key}
              onClick={() => setDue(key)}
            >
              {label} {first?.counts[key] ?? ''}
            </button>
          ))}
        </div>
        <Select<string>
          aria-label="病种"
          style={{ width: 130 }}
          value={condition ?? 'all'}
          onChange={(value) => setCondition(value === 'all' ? undefined : value)}
          options={[
            { value: 'all', label: '全部病种' },
            ...Object.entries(screenedConditionLabels).map(([value, label]) => ({ value, label })),
          ]}
        />
      </div>
      {list.isPending && <Loading rows={8} />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {first && items.length === 0 && (
        <Empty title={nobody[state]}>{due === 'all' ? '' : '请看“全部”。'}</Empty>
      )}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((item) => (
            <Line
              key={item.id}
              item={item}
              state={state}
              onConfirm={() => setSettling({ episode: item, how: 'confirm' })}
              onClear={() => setSettling({ episode: item, how: 'clear' })}
            />
          ))}
        </div>
      )}
      <MoreButton list={list} />
      {settling?.how === 'confirm' && (
        <ConfirmDialog episode={settling.episode} onClose={() => setSettling(undefined)} />
      )}
      {settling?.how === 'clear' && (
        <ClearDialog episode={settling.episode} onClose={() => setSettling(undefined)} />
      )}
    </>
  );
}

function Line(props: { item: EpisodeLine; state: ListedState; onConfirm: () => void; onClear: () => void }) {
  const { item, state } = props;
  const role = useActor().role;
  const mayDiagnose = mayDo(role, 'episodes.confirm');
  const mayWrite = mayDo(role, 'enrollments.write');
  return (
    <div className="work-line episode-line">
      <StateTag state={item.overdueDays > 0 ? 'late' : courseSign[item.state]}>
        {conditionName(item.condition)}
      </StateTag>
      <div>
        <Link to="/residents/$residentId" params={{ residentId: item.residentId }}>
          <b>{item.name}</b>
        </Link>{' '}
        {printSex(item.sex)} {item.ageYears} 岁
        <div className="small soft">
          {item.organizationName}
          {item.phone && ` · ${item.phone}`}
        </div>
      </div>
      <div className="small">
        <b>{item.nextStep}</b>
        <div className="soft">
          {sourceName(item.source)}：{item.lastReason}
        </div>
        <div style={{ color: item.overdueDays > 0 ? 'var(--late)' : 'var(--ink-soft)' }}>
          {item.overdueDays > 0
            ? `应于 ${item.dueOn}，已逾期 ${item.overdueDays} 天`
            : `应于 ${item.dueOn} 前`}
        </div>
      </div>
      <div className="row" style={{ gap: 6, justifyContent: 'flex-end' }}>
        {state === 'suspected' && mayDiagnose && (
          <Button size="small" type="primary" onClick={props.onConfirm}>
            确诊
          </Button>
        )}
        {state === 'confirmed' && mayWrite && (
          <Link to="/residents/$residentId" params={{ residentId: item.residentId }}>
            <Button size="small" type="primary">
              去纳管
            </Button>
          </Link>
        )}
        {state !== 'confirmed' && mayWrite && (
          <Link
            to="/residents/$residentId/screening/$form"
            params={{ residentId: item.residentId, form: sheetOf[item.condition as ScreenedCondition] }}
          >
            <Button size="small">{state === 'suspected' ? '复测' : '随访'}</Button>
          </Link>
        )}
        {state === 'high-risk' && mayWrite && (
          <Link
            to="/print/residents/$residentId/guidance"
            params={{ residentId: item.residentId }}
            target="_blank"
          >
            <Button size="small">指导单</Button>
          </Link>
        )}
        {((state === 'suspected' && mayDiagnose) || (state === 'high-risk' && mayWrite)) && (
          <Button size="small" onClick={props.onClear}>
            {state === 'suspected' ? '排除' : '移出'}
          </Button>
        )}
      </div>
    </div>
  );
}
