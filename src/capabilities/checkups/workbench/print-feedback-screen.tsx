import './checkups.css';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { recordGroups } from '#capabilities/records/domain/record-groups.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { formEdition } from '#standards/forms/all-forms.ts';
import { annualCheckup2017 } from '#standards/forms/annual-checkup/2017.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { listCheckups, showCheckupOutcome } from '../contract.ts';
import { compareCheckups } from '../domain/compare-checkups.ts';
import { acceptedFindings, reviewSheet } from '../domain/conclude-checkup.ts';
import { nothingToSay, writeFeedback } from '../domain/feedback.ts';

/** What the resident takes home, in large type and plain words. */
export function PrintFeedbackScreen() {
  const { recordId } = useParams({ from: '/print/checkups/$recordId' });
  const actor = useActor();
  const outcome = useQuery({
    queryKey: ['checkup', recordId],
    queryFn: () => callApi(showCheckupOutcome, { params: { recordId } }),
  });
  const residentId = outcome.data?.residentId ?? '';
  const history = useQuery({
    queryKey: ['checkups', residentId],
    queryFn: () => callApi(listCheckups, { params: { residentId } }),
    enabled: outcome.isSuccess,
  });
  const failed = [outcome, history].find((query) => query.isLoadingError);
  if (failed) return <Failure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!outcome.data || !history.data) return <Loading />;
  const { person, answers, occurredOn, decisions, tasks } = outcome.data;
  const edition = formEdition('annual-checkup', outcome.data.formEdition) ?? annualCheckup2017;
  const review = reviewSheet(edition, answers, person, plainDate(occurredOn));
  const chosen = Array.isArray(answers.riskControl) ? (answers.riskControl as string[]) : [];
  const feedback = writeFeedback(acceptedFindings(review, decisions), chosen);
  const last = history.data.checkups.find((one) => one.occurredOn < occurredOn);
  const subject = { ageYears: person.ageYears, sex: person.sex, groups: recordGroups(person) };
  const numbers = compareCheckups(edition, last?.answers ?? {}, answers, subject).filter(
    (line) => printed.includes(line.id) && line.now !== '',
  );
  const open = tasks.filter((task) => task.closedAt === null);
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <div className="scroll-x">
        <article className="sheet feedback-sheet">
          {actor.isDemo && <div className="sheet-demo">演示数据</div>}
          <h1>健康体检结果反馈单</h1>
          <p>
            {person.name}（{printSex(person.sex)}，{person.ageYears} 岁），您于 {occurredOn} 在
            {outcome.data.organizationName}做了健康体检，结果如下。
          </p>
          <h2>一、这次检查发现</h2>
          {feedback.lines.length === 0 ? (
            <p>{nothingToSay(review.findings.length > 0 || numbers.some((line) => line.abnormal))}</p>
          ) : (
            <ol style={{ paddingLeft: '7mm', margin: 0 }}>
              {feedback.lines.map((line) => (
                <li key={line.code}>
                  <b>
                    {line.urgent && '【请尽快】'}
                    {line.title}
                  </b>
                  <br />
                  {line.plain}
                  {line.advice}
                </li>
              ))}
            </ol>
          )}
          {open.length > 0 && (
            <>
              <h2>二、请记得</h2>
              <ul style={{ paddingLeft: '7mm', margin: 0 }}>
                {open.map((task) => (
                  <li key={task.id}>
                    {task.dueOn} 前：{task.what}
                  </li>
                ))}
              </ul>
            </>
          )}
          {feedback.everyday.length > 0 && (
            <>
              <h2>{open.length > 0 ? '三' : '二'}、平时注意</h2>
              <ul style={{ paddingLeft: '7mm', margin: 0 }}>
                {feedback.everyday.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </>
          )}
          <Numbers
            lines={numbers}
            lastOn={last?.occurredOn}
            spokenOf={review.findings.map((one) => one.label).join('；')}
          />
          <p style={{ marginTop: '6mm', display: 'flex', justifyContent: 'space-between' }}>
            <span>医生：{outcome.data.doctorName}</span>
            <span>居民（家属）签字：＿＿＿＿＿＿</span>
          </p>
          <p style={{ fontSize: '10pt' }}>
            突然胸痛、说话不清、一侧手脚无力、喘不上气时，请马上拨打 120，不要等。
          </p>
        </article>
      </div>
    </div>
  );
}

const lipids: Readonly<Record<string, RegExp>> = {
  tc: /总胆固醇/,
  tg: /甘油三酯/,
  ldl: /低密度脂蛋白/,
  hdl: /(^|[^非])高密度脂蛋白/,
};
const printed =
  'bpRightSbp bpRightDbp bpLeftSbp bpLeftDbp weight bmi waist fpg tc tg ldl hdl hb creatinine alt'.split(' ');

function Numbers(props: {
  lines: ReturnType<typeof compareCheckups>;
  lastOn: string | undefined;
  /** The findings' own words: the limits of lipids depend on the person and not on the sheet. */
  spokenOf: string;
}) {
  const { lines, lastOn } = props;
  if (lines.length === 0) return null;
  return (
    <table style={{ marginTop: '6mm', fontSize: '11pt' }} className="sheet-person">
      <thead>
        <tr>
          <th>项目</th>
          <th>这次</th>
          {lastOn && <th>上次（{lastOn}）</th>}
          <th>提示</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>{line.label}</td>
            <td>{line.now}</td>
            {lastOn && <td>{line.before}</td>}
            <td>
              {line.abnormal
                ? '不在参考范围'
                : lipids[line.id]?.test(props.spokenOf)
                  ? '见上面“检查发现”'
                  : ''}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
