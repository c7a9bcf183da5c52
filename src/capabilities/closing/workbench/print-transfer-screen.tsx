import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { RevealButton } from '#capabilities/residents/workbench/reveal-button.tsx';
import { describeAnswer } from '#kernel/form-describe.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useReadableSheet } from '#platform/browser/form-renderer/use-readable-sheet.ts';
import { useActor } from '#platform/browser/session.tsx';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { printArchiveNumber } from '#standards/identity/archive-number.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { showTransferSummary } from '../contract.ts';

/** The summary a person who moves takes along, on A4. */
export function PrintTransferScreen() {
  const { residentId } = useParams({ from: '/print/residents/$residentId/transfer' });
  const actor = useActor();
  const found = useQuery({
    queryKey: ['transfer-summary', residentId],
    queryFn: () => callApi(showTransferSummary, { params: { residentId } }),
  });
  if (found.isLoadingError) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { person, enrollments, lastSheets } = found.data;
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
        <RevealButton residentId={residentId} purpose="print" within={found.data} />
      </div>
      <div className="scroll-x">
        <article className="sheet sheet-person" style={{ fontSize: '10pt' }}>
          {actor.isDemo && <div className="sheet-demo">演示数据</div>}
          <h1>居民健康档案转出摘要</h1>
          <table>
            <tbody>
              <tr>
                <td>姓名：{person.name}</td>
                <td>性别：{printSex(person.sex)}</td>
                <td>出生日期：{person.birthDate}</td>
              </tr>
              <tr>
                <td colSpan={2}>证件号码：{found.data.idNo ?? '未登记'}</td>
                <td>档案：{printArchiveNumber(person.archiveNo)}</td>
              </tr>
              <tr>
                <td colSpan={2}>管理机构：{person.organizationName}</td>
                <td>迁往：{found.data.destination ?? '＿＿＿＿＿＿'}</td>
              </tr>
              <tr>
                <td colSpan={3}>
                  慢病管理：
                  {enrollments.length === 0
                    ? '无'
                    : enrollments
                        .map(
                          (one) =>
                            `${programLabels[one.program as keyof typeof programLabels] ?? one.program}（纳入 ${one.enrolledOn}${
                              one.diagnosedOn ? `，确诊 ${one.diagnosedOn}` : ''
                            }）`,
                        )
                        .join('；')}
                </td>
              </tr>
            </tbody>
          </table>
          <Answers
            title="个人基本信息"
            edition={personalInformation2017}
            answers={found.data.personalInformation}
          />
          {lastSheets.map((sheet) => (
            <LastSheet key={sheet.form} sheet={sheet} />
          ))}
          <p style={{ display: 'flex', justifyContent: 'space-between', marginTop: '5mm' }}>
            <span>{actor.organizationName}（盖章）</span>
            <span>经办人：{actor.name}</span>
            <span>日期：{actor.today}</span>
          </p>
        </article>
      </div>
    </div>
  );
}

function LastSheet({ sheet }: { sheet: Parameters<typeof useReadableSheet>[0] & { occurredOn: string } }) {
  const readable = useReadableSheet(sheet);
  if (!readable) return null;
  const { edition, answers } = readable;
  return (
    <Answers title={`${edition.title}（最近一次 ${sheet.occurredOn}）`} edition={edition} answers={answers} />
  );
}

function Answers(props: { title: string; edition: FormEdition; answers: FormAnswers }) {
  const lines = fieldsOf(props.edition)
    .map((field) => ({
      id: field.id,
      label: field.label,
      text: describeAnswer(field, props.answers[field.id]),
    }))
    .filter((line) => line.text !== '');
  return (
    <section>
      <h2 style={{ margin: '4mm 0 1mm', fontSize: '11pt' }}>{props.title}</h2>
      <p style={{ margin: 0, lineHeight: 1.6 }}>
        {lines.map((line) => `${line.label}：${line.text}`).join('；')}
      </p>
    </section>
  );
}
