import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { listExamDays, openExamDay } from '../contract.ts';

/** Exam days, the latest first, and how a new one is set up. */
export function ExamDays() {
  const actor = useActor();
  const days = usePages({
    queryKey: ['exam-days'],
    read: (cursor) => callApi(listExamDays, { query: { limit: 20, cursor } }),
  });
  const items = days.data?.items ?? [];
  return (
    <>
      {mayDo(actor.role, 'checkups.write') && <NewExamDay />}
      {days.isPending && <Loading />}
      {days.isLoadingError && <Failure error={days.error} onRetry={() => void days.refetch()} />}
      {days.isSuccess && items.length === 0 && (
        <Empty title="还没有集中体检">填好名称、地点与日期即可建立体检日，再按身份证名单加入受检人。</Empty>
      )}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((day) => (
            <Link
              key={day.id}
              to="/checkups/days/$examDayId"
              params={{ examDayId: day.id }}
              className="work-line"
            >
              <b>{day.heldOn}</b>
              <span>{day.name}</span>
              <span className="small soft">
                {day.place}
                {day.place !== day.organizationName && ` · ${day.organizationName}`} · 受检 {day.people}{' '}
                人，已完成 {day.finished} 人{day.absent > 0 && `，未到 ${day.absent} 人`}
              </span>
              <StateTag state={day.status === 'open' ? 'good' : 'plain'}>
                {day.status === 'open' ? '进行中' : '已结束'}
              </StateTag>
            </Link>
          ))}
        </div>
      )}
      <MoreButton list={days}>更早的体检日</MoreButton>
    </>
  );
}

function NewExamDay() {
  const actor = useActor();
  const navigate = useNavigate();
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite([['exam-days']]);
  const [day, setDay] = useState({ name: '', place: actor.organizationName, heldOn: actor.today });
  const save = async () => {
    const done = await run(() =>
      callApi(openExamDay, { body: { operationId: ids.operationId, examDayId: ids.id, ...day } }),
    );
    if (done) void navigate({ to: '/checkups/days/$examDayId', params: done });
  };
  return (
    <section className="card" aria-label="建立体检日">
      <div className="row">
        <Input
          aria-label="体检日名称"
          placeholder="名称，如：65岁及以上老年人体检"
          style={{ width: 280, maxWidth: '100%' }}
          maxLength={60}
          value={day.name}
          onChange={(event) => setDay({ ...day, name: event.target.value })}
          onPressEnter={() => void save()}
        />
        <Input
          aria-label="体检地点"
          placeholder="地点"
          style={{ width: 220, maxWidth: '100%' }}
          maxLength={60}
          value={day.place}
          onChange={(event) => setDay({ ...day, place: event.target.value })}
        />
        <Input
          aria-label="体检日期"
          type="date"
          style={{ width: 160 }}
          value={day.heldOn}
          onChange={(event) => setDay({ ...day, heldOn: event.target.value })}
        />
        <Button type="primary" loading={busy} onClick={() => void save()}>
          建立体检日
        </Button>
      </div>
      <WriteProblem problem={problem} />
    </section>
  );
}
