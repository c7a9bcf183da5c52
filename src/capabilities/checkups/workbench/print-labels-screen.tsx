import './checkups.css';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printSex } from '#standards/identity/print-sex.ts';
import { type ExamPerson, listExamPeople } from '../contract.ts';
import { code39Bars, code39Width } from '../domain/code39.ts';

/** One label a person for the tubes: number, name and the barcode the laboratory reads. */
export function PrintLabelsScreen() {
  const { examDayId } = useParams({ from: '/print/exam-days/$examDayId' });
  const people = useQuery({
    queryKey: ['exam-people', examDayId, 'labels'],
    queryFn: async () => {
      const all: ExamPerson[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await callApi(listExamPeople, { params: { examDayId }, query: { limit: 50, cursor } });
        all.push(...page.items);
        if (page.nextCursor === null) return all;
        cursor = page.nextCursor;
      }
    },
  });
  if (people.isLoadingError) return <Failure error={people.error} onRetry={() => void people.refetch()} />;
  if (!people.data) return <Loading />;
  if (people.data.length === 0) return <Empty title="还没有受检人">请先在体检日加入名单。</Empty>;
  return (
    <div style={{ padding: '12px 0', background: '#fff', minHeight: '100%' }}>
      <div className="no-print row" style={{ width: '190mm', maxWidth: '100%', margin: '0 auto 12px' }}>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
        <span className="soft">共 {people.data.length} 张，A4 每行三张；条码为 Code 39。</span>
      </div>
      <div className="scroll-x">
        <div className="label-grid" style={{ width: '190mm', margin: '0 auto' }}>
          {people.data.map((person) => (
            <div key={person.id} className="tube-label">
              <div>
                <b style={{ fontSize: '12pt' }}>{person.number} 号</b> {person.name} {printSex(person.sex)}{' '}
                {person.ageYears} 岁
              </div>
              <Bars text={person.barcode} />
              <div style={{ textAlign: 'center' }}>{person.barcode}</div>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Bars({ text }: { text: string }) {
  return (
    <svg
      viewBox={`0 0 ${code39Width(text)} 10`}
      preserveAspectRatio="none"
      style={{ width: '100%', height: '10mm' }}
      role="img"
      aria-label={`条码 ${text}`}
    >
      {code39Bars(text).map((bar) => (
        <rect key={bar.from} x={bar.from} y={0} width={bar.wide} height={10} />
      ))}
    </svg>
  );
}
