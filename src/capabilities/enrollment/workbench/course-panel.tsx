import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { type Episode, showCourse } from '../contract.ts';
import { courseStateLabels } from '../domain/condition-course.ts';
import { conditionName, courseSign, sourceName } from './course-words.ts';
import { ClearDialog, ConfirmDialog } from './settle-dialogs.tsx';

/** 病程: where a person stands in the course of each disease, every step with day, reason and rule, and what is next. */
export function CoursePanel({ residentId }: { residentId: string }) {
  const [showsAll, setShowsAll] = useState(false);
  const [settling, setSettling] = useState<{ episode: Episode; how: 'confirm' | 'clear' }>();
  const course = useQuery({
    queryKey: ['course', residentId],
    queryFn: () => callApi(showCourse, { params: { residentId } }),
  });
  const events = course.data?.events ?? [];
  return (
    <section className="card">
      <h2>病程</h2>
      {course.isPending && <Loading rows={2} />}
      {course.isLoadingError && <Failure error={course.error} onRetry={() => void course.refetch()} />}
      {course.data && course.data.episodes.length === 0 && (
        <p className="soft" style={{ margin: '6px 0 0' }}>
          没有筛查与诊断的经过。填写筛查表后，这里会显示结论与下一步。
        </p>
      )}
      {course.data?.episodes.map((episode) => (
        <EpisodeRow key={episode.id} episode={episode} onSettle={(how) => setSettling({ episode, how })} />
      ))}
      {events.length > 0 && (
        <>
          <button type="button" className="link-button" onClick={() => setShowsAll((old) => !old)}>
            {showsAll ? '收起经过' : `看经过（${events.length} 步）`}
          </button>
          {showsAll && (
            <ol style={{ margin: '8px 0 0', paddingLeft: 20 }}>
              {events.map((event) => (
                <li key={event.id} className="small" style={{ padding: '3px 0' }}>
                  {event.onDay} {conditionName(event.condition)}：
                  {event.fromState && `${courseStateLabels[event.fromState]} → `}
                  <b>{courseStateLabels[event.toState]}</b>。{event.reason}
                  <span className="soft">
                    {' '}
                    {event.recordedByName}
                    {event.clause && ` · 依据 ${event.clause}`}
                  </span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
      {settling?.how === 'confirm' && (
        <ConfirmDialog episode={settling.episode} onClose={() => setSettling(undefined)} />
      )}
      {settling?.how === 'clear' && (
        <ClearDialog episode={settling.episode} onClose={() => setSettling(undefined)} />
      )}
    </section>
  );
}

function EpisodeRow({
  episode,
  onSettle,
}: {
  episode: Episode;
  onSettle: (how: 'confirm' | 'clear') => void;
}) {
  const actor = useActor();
  const role = actor.role;
  const isLate = episode.dueOn !== null && episode.dueOn < actor.today;
  const isOpen = episode.state === 'suspected' || episode.state === 'high-risk';
  const mayClear = mayDo(role, episode.state === 'suspected' ? 'episodes.confirm' : 'enrollments.write');
  return (
    <div className="row spread" style={{ padding: '8px 0', borderBottom: '1px solid var(--line)' }}>
      <span className="row" style={{ gap: 8 }}>
        <b>{conditionName(episode.condition)}</b>
        <StateTag state={courseSign[episode.state]}>{courseStateLabels[episode.state]}</StateTag>
        <span className="small soft">
          自 {episode.since} · 来源 {sourceName(episode.source)}
        </span>
      </span>
      <span className="row" style={{ gap: 8 }}>
        {episode.dueOn && (
          <span className="small" style={isLate ? { color: 'var(--late)' } : {}}>
            {episode.nextStep}，{isLate ? `已过期限 ${episode.dueOn}` : `${episode.dueOn} 前`}
          </span>
        )}
        {isOpen && mayDo(role, 'episodes.confirm') && (
          <Button size="small" onClick={() => onSettle('confirm')}>
            确诊
          </Button>
        )}
        {isOpen && mayClear && (
          <Button size="small" onClick={() => onSettle('clear')}>
            {episode.state === 'suspected' ? '排除' : '移出'}
          </Button>
        )}
      </span>
    </div>
  );
}
