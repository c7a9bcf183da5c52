import { Link, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { listRecords } from '../contract.ts';
import { findRecordForm, recordForms } from '../domain/record-forms.ts';

const sections = [...new Set(recordForms.map((one) => one.section))];

/** The forms filed in a person's record, and the menu from which a new one is filled. */
export function RecordsPanel({ residentId, mayWrite }: { residentId: string; mayWrite: boolean }) {
  const navigate = useNavigate();
  const records = usePages({
    queryKey: ['records', residentId],
    read: (cursor) => callApi(listRecords, { params: { residentId }, query: { limit: 10, cursor } }),
  });
  const items = records.data?.items ?? [];
  return (
    <section className="card">
      <div className="row spread" style={{ marginBottom: 8 }}>
        <h2>体检、筛查与其他表单</h2>
        {mayWrite && (
          <Select<string>
            aria-label="填写表单"
            placeholder="填写表单…"
            style={{ width: 240 }}
            value={null}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(form) =>
              void (form === 'annual-checkup'
                ? navigate({ to: '/residents/$residentId/checkup', params: { residentId } })
                : navigate({ to: '/residents/$residentId/forms/$form', params: { residentId, form } }))
            }
            options={sections.map((section) => ({
              label: section,
              options: recordForms
                .filter((one) => one.section === section)
                .map((one) => ({ value: one.form, label: one.title })),
            }))}
          />
        )}
      </div>
      {records.isPending && <Loading />}
      {records.isLoadingError && <Failure error={records.error} onRetry={() => void records.refetch()} />}
      {records.data && items.length === 0 && <p className="soft">还没有填写过。</p>}
      {items.map((item) => (
        <Link
          key={item.recordId}
          to="/residents/$residentId/records/$recordId"
          params={{ residentId, recordId: item.recordId }}
          className="row spread"
          style={{ padding: '8px 0', borderTop: '1px solid var(--line)' }}
        >
          <span>{findRecordForm(item.form)?.title ?? item.form}</span>
          <span className="small soft">
            {item.occurredOn} · {item.recordedByName}
          </span>
        </Link>
      ))}
      <MoreButton list={records} style={{ marginTop: 10 }}>
        更早的表单
      </MoreButton>
    </section>
  );
}
