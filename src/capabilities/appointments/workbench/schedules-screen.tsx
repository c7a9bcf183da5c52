import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { listSchedules, makeSlots, retireSchedule, type ScheduleLine } from '../contract.ts';
import { slotKindLabels } from '../domain/plan-slots.ts';
import { weekdayLabels } from '../domain/slot-time.ts';
import { ScheduleDialog } from './schedule-dialog.tsx';

/** Days ahead a release by hand reaches. */
const daysAhead = 14;

/** Weekly schedules of one's own places, and the slots they release. */
export function SchedulesScreen() {
  const [adding, setAdding] = useState<'weekly' | 'once'>();
  const write = useWrite(['appointments']);
  const schedules = useQuery({
    queryKey: ['appointments', 'schedules'],
    queryFn: () => callApi(listSchedules),
  });
  if (!schedules.data)
    return (
      <main className="page">
        {schedules.isLoadingError ? (
          <Failure error={schedules.error} onRetry={() => void schedules.refetch()} />
        ) : (
          <Loading rows={8} />
        )}
      </main>
    );
  const { items, madeThrough, knowsHolidays } = schedules.data;
  const clinics = groupClinics(items);
  return (
    <main className="page">
      <div className="row spread">
        <div>
          <div className="small">
            <Link to="/appointments">预约</Link> › 排班与放号
          </div>
          <h1>排班与放号</h1>
        </div>
        <span className="row">
          <Button onClick={() => setAdding('once')}>临时放号</Button>
          <Button onClick={() => setAdding('weekly')}>新增排班</Button>
          <Button
            type="primary"
            loading={write.busy}
            onClick={() =>
              void write.run(
                () => callApi(makeSlots, { body: { operationId: uuidv7(), days: daysAhead } }),
                '已按排班放号',
              )
            }
          >
            放号到今后 {daysAhead} 天
          </Button>
        </span>
      </div>
      <div className="soft small">
        {madeThrough ? `已按排班放号到 ${madeThrough}` : '还没有按排班放过号'}；法定节假日不放号
        {knowsHolidays ? '' : '。来年的节假日安排尚未公布或录入，只避开元旦、劳动节和国庆节，放号后请核对'}
      </div>
      <WriteProblem problem={write.problem} />
      {clinics.length === 0 && <Empty title="还没有排班">点“新增排班”开始。</Empty>}
      {clinics.map((clinic) => (
        <ClinicCard key={clinic.key} lines={clinic.lines} />
      ))}
      {adding && (
        <ScheduleDialog mode={adding} choices={schedules.data} onClose={() => setAdding(undefined)} />
      )}
    </main>
  );
}

function groupClinics(items: readonly ScheduleLine[]): { key: string; lines: ScheduleLine[] }[] {
  const clinics = new Map<string, ScheduleLine[]>();
  for (const item of items) {
    const key = `${item.organizationId} ${item.title} ${item.doctorId ?? ''}`;
    clinics.set(key, [...(clinics.get(key) ?? []), item]);
  }
  return [...clinics].map(([key, lines]) => ({ key, lines }));
}

function ClinicCard({ lines }: { lines: readonly ScheduleLine[] }) {
  const [first] = lines;
  const write = useWrite(['appointments']);
  if (!first) return null;
  return (
    <section className="card" aria-label={`${first.organizationName} ${first.title}`}>
      <div className="row spread">
        <h2>
          {first.title} <span className="small soft">{first.organizationName}</span>
        </h2>
        <span className="small soft">
          {[slotKindLabels[first.kind], first.doctorName].filter(Boolean).join(' · ')}
        </span>
      </div>
      <WriteProblem problem={write.problem} />
      <div className="schedule-week">
        {lines.map((line) => (
          <div key={line.id} className="schedule-line">
            <span>
              {weekdayLabels[line.weekday]?.replace('星期', '周')} {line.starts}–{line.ends}
            </span>
            <span className="small soft">{line.capacity} 号</span>
            <button
              type="button"
              className="link-button small"
              aria-label={`停用 ${first.title} ${weekdayLabels[line.weekday]} ${line.starts}`}
              disabled={write.busy}
              onClick={() =>
                void write.run(
                  () =>
                    callApi(retireSchedule, {
                      params: { scheduleId: line.id },
                      body: { operationId: uuidv7(), version: line.version },
                    }),
                  '已停用，已放出的号不变',
                )
              }
            >
              停用
            </button>
          </div>
        ))}
      </div>
    </section>
  );
}
