import { Link } from '@tanstack/react-router';
import { Button, Modal, Switch } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { formExportPath } from '#capabilities/records/contract.ts';
import type { Program } from '#capabilities/residents/contract.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { type FollowUpClass, followUpClassLabels } from '#clinical/follow-up/follow-up-class.ts';
import { pressureLimitFor } from '#clinical/hypertension/judge-pressure-control.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { ageInYears, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { ExportMenu } from '#platform/browser/design-system/export-menu.tsx';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { PressureTrend } from '#platform/browser/pressure-trend.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { readingDay } from '#standards/measurements/reading-day.ts';
import { type FollowUpRecord, listFollowUps } from '../contract.ts';
import { followUpFormOf } from '../domain/follow-up-programs.ts';

// Reading a sheet of any edition needs the registry of all forms: it comes when a sheet is opened.
const FollowUpRecordView = lazy(async () => ({
  default: (await import('./follow-up-record-view.tsx')).FollowUpRecordView,
}));

const dash = (value: unknown) => String(value ?? '—');

/** The day of a test done before the visit. */
function ofTest(answers: FormAnswers, visitOn: PlainDate): string {
  const on = readingDay('hba1c', answers, visitOn);
  return on === visitOn ? '' : `，${on}`;
}

/** What a programme's table shows of each sheet. */
const readings: Readonly<
  Record<
    Program,
    { readonly title: string; readonly of: (answers: FormAnswers, visitOn: PlainDate) => string }
  >
> = {
  hypertension: { title: '血压', of: (a) => `${dash(a.sbp)}/${dash(a.dbp)}` },
  'type-2-diabetes': {
    title: '空腹血糖',
    of: (a, on) =>
      `${dash(a.fpg)}${a.hba1c === undefined ? '' : `（糖化 ${dash(a.hba1c)}%${ofTest(a, on)}）`}`,
  },
  copd: {
    title: '血氧',
    of: (a) => `${dash(a.spo2)}%${a.cat === undefined ? '' : `（CAT ${dash(a.cat)}）`}`,
  },
};

const modeLabels: Readonly<Record<string, string>> = {
  clinic: '门诊',
  home: '家庭',
  telephone: '电话',
  group: '集体',
  online: '线上',
};

/** The person's visits: trend, table, each sheet with its versions, and the official print. */
export function FollowUpHistory({
  residentId,
  program,
  birthDate,
  mayWrite,
}: {
  residentId: string;
  program: Program;
  birthDate: string;
  mayWrite: boolean;
}) {
  const [withOld, setWithOld] = useState(false);
  const [shown, setShown] = useState<FollowUpRecord>();
  const history = usePages({
    queryKey: ['follow-ups', residentId, program, withOld],
    read: (cursor) =>
      callApi(listFollowUps, {
        params: { residentId },
        query: { program, limit: 8, includeSuperseded: withOld ? 'true' : 'false', cursor },
      }),
  });
  if (history.isPending) return <Loading />;
  if (history.isLoadingError) return <Failure error={history.error} onRetry={() => void history.refetch()} />;
  const records = history.data.items;
  const latest = records[0];
  const limit =
    latest && program === 'hypertension'
      ? pressureLimitFor(
          'public-health',
          ageInYears(plainDate(birthDate), plainDate(latest.occurredOn)),
          plainDate(latest.occurredOn),
        ).limit
      : undefined;
  const points = records
    .filter(
      (r) =>
        r.supersededBy === null && typeof r.answers.sbp === 'number' && typeof r.answers.dbp === 'number',
    )
    .map((r) => ({ on: r.occurredOn, sbp: r.answers.sbp as number, dbp: r.answers.dbp as number }))
    .reverse();
  return (
    <section className="card">
      <div className="row spread" style={{ marginBottom: 8 }}>
        <h2>{programLabels[program]}随访</h2>
        <div className="row">
          <span className="small soft">
            显示更正前的版本{' '}
            <Switch size="small" checked={withOld} onChange={setWithOld} aria-label="显示更正前的版本" />
          </span>
          <Link to="/print/residents/$residentId/$program" params={{ residentId, program }} target="_blank">
            <Button size="small">打印随访表</Button>
          </Link>
          {records.length > 0 && (
            <ExportMenu
              size="small"
              items={[
                {
                  label: '全部随访表（Excel）',
                  href: formExportPath(residentId, followUpFormOf(program), 'xlsx'),
                  door: 'record',
                },
                {
                  label: '全部随访表（JSON）',
                  href: formExportPath(residentId, followUpFormOf(program), 'json'),
                  door: 'record',
                },
              ]}
            />
          )}
        </div>
      </div>
      {points.length > 1 && limit && <PressureTrend points={points} limit={limit} />}
      {records.length === 0 ? (
        <p className="soft">还没有随访记录。</p>
      ) : (
        <div className="scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                <th>日期</th>
                <th>方式</th>
                <th>{readings[program].title}</th>
                <th>分类</th>
                <th>医生</th>
                <th>下次</th>
                <th>操作</th>
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <tr
                  key={record.recordId}
                  style={
                    record.supersededBy
                      ? { textDecoration: 'line-through', color: 'var(--ink-soft)' }
                      : undefined
                  }
                >
                  <td style={{ whiteSpace: 'nowrap' }}>{record.occurredOn}</td>
                  <td>{modeLabels[record.mode ?? ''] ?? '—'}</td>
                  <td style={program === 'type-2-diabetes' ? { minWidth: 156 } : {}}>
                    {readings[program].of(record.answers, plainDate(record.occurredOn))}
                  </td>
                  <td>
                    <StateTag state={record.answers.visitClass === '1' ? 'good' : 'late'}>
                      {followUpClassLabels[record.answers.visitClass as FollowUpClass] ?? '—'}
                    </StateTag>
                  </td>
                  <td>{record.recordedByName}</td>
                  <td style={{ whiteSpace: 'nowrap' }}>{String(record.answers.nextVisitDate ?? '—')}</td>
                  <td style={{ whiteSpace: 'nowrap' }}>
                    <button type="button" className="link-button" onClick={() => setShown(record)}>
                      查看
                    </button>
                    {mayWrite && record.supersededBy === null && (
                      <>
                        {' '}
                        <Link
                          to="/residents/$residentId/follow-up/$recordId"
                          params={{ residentId, recordId: record.recordId }}
                        >
                          更正
                        </Link>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={history} style={{ marginTop: 10 }}>
        更早的记录
      </MoreButton>
      <Modal
        open={shown !== undefined}
        width={860}
        footer={null}
        onCancel={() => setShown(undefined)}
        title={shown ? `${shown.occurredOn} 随访` : ''}
      >
        {shown && (
          <Suspense fallback={<Loading />}>
            <FollowUpRecordView record={shown} />
          </Suspense>
        )}
      </Modal>
    </section>
  );
}
