import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { minuteInChina } from '#kernel/china-time.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormReadView } from '#platform/browser/form-renderer/form-read-view.tsx';
import { useReadableSheet } from '#platform/browser/form-renderer/use-readable-sheet.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { readEmergencySummary } from '../contract.ts';

const sexes: Readonly<Record<string, string>> = { '1': '男', '2': '女' };

/** What a doctor needs of a person unknown to them, while the access is open. */
export function EmergencySummaryScreen() {
  const { accessId } = useParams({ from: '/emergency/$accessId' });
  const summary = useQuery({
    queryKey: ['emergency-summary', accessId],
    queryFn: () => callApi(readEmergencySummary, { params: { accessId } }),
    // Each look is written down; coming back to the window is none.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  return (
    <main className="page">
      <p>
        <Link to="/emergency">← 紧急查阅</Link>
      </p>
      {summary.isPending && <Loading rows={8} />}
      {summary.isLoadingError && <Failure error={summary.error} />}
      {summary.isSuccess && <Summary data={summary.data} />}
    </main>
  );
}

type Data = Awaited<ReturnType<typeof callApi<typeof readEmergencySummary>>>;

function Summary({ data }: { data: Data }) {
  const { person } = data;
  const personal = formEdition('personal-information', data.formEdition);
  return (
    <>
      <section className="card" style={{ borderLeft: '4px solid var(--crisis)' }}>
        <h1 style={{ margin: 0 }}>
          {person.name}{' '}
          <span className="soft" style={{ fontSize: 16 }}>
            {sexes[person.sex] ?? '性别未说明'} {person.ageYears}岁
          </span>
        </h1>
        <div className="soft">
          {person.idNo} · 电话 {person.phone ?? '无'} · {person.organizationName}
        </div>
        <div className="small">
          紧急查阅，{minuteInChina(new Date(data.access.expiresAt))}{' '}
          自动关闭；本次查看已记入该居民的查阅记录。
        </div>
      </section>
      <Facts title="已知疾病" items={data.conditions} empty="档案中没有登记慢性病" />
      <Facts title="正在用的药" items={data.medicines} empty="最近的记录里没有用药" />
      <Facts
        title="最近测量"
        items={data.readings.map((one) => `${one.label} ${one.value}（${one.on}）`)}
        empty="没有测量记录"
      />
      {personal && (
        <section className="card">
          <h2>个人基本信息（含药物过敏史、既往史）</h2>
          <FormReadView edition={personal} answers={data.personalInformation} />
        </section>
      )}
      {data.sheets.map((sheet) => (
        <LastSheet key={sheet.form} sheet={sheet} />
      ))}
    </>
  );
}

function LastSheet({ sheet }: { sheet: Data['sheets'][number] }) {
  const readable = useReadableSheet(sheet);
  if (!readable) return <Loading rows={3} />;
  return (
    <section className="card">
      <h2>
        最近一次{readable.edition.title}（{sheet.occurredOn}）
      </h2>
      <FormReadView edition={readable.edition} answers={readable.answers} />
    </section>
  );
}

function Facts({ title, items, empty }: { title: string; items: readonly string[]; empty: string }) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {items.length === 0 ? (
        <p className="soft">{empty}</p>
      ) : (
        <ul style={{ margin: 0, paddingLeft: 20, columns: items.length > 5 ? 2 : 1 }}>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
