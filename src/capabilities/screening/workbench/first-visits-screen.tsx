import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import { fieldsOf } from '#kernel/form-shape.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { listFirstVisitPressures } from '../contract.ts';
import { ScreeningPage } from './screening-page.tsx';

const edition = formEdition('first-visit-blood-pressure', '2017');
const fields = edition ? fieldsOf(edition) : [];
const labelOf = (id: string, code: string) => {
  const field = fields.find((one) => one.id === id);
  return field?.kind === 'code' ? (field.options.find((one) => one.code === code)?.label ?? code) : code;
};

/** 35岁及以上首诊测血压登记簿. */
export function FirstVisitsScreen() {
  const [days, setDays] = useState<{ from?: string; to?: string }>({});
  const list = usePages({
    queryKey: ['first-visits', days],
    read: (cursor) =>
      callApi(listFirstVisitPressures, {
        query: { from: days.from || undefined, to: days.to || undefined, limit: 30, cursor },
      }),
  });
  const items = list.data?.items ?? [];
  return (
    <ScreeningPage here="first-visits">
      <div className="row">
        {(['from', 'to'] as const).map((key) => (
          <label key={key} htmlFor={`days-${key}`} className="row" style={{ gap: 6 }}>
            {key === 'from' ? '自' : '至'}
            <Input
              id={`days-${key}`}
              type="date"
              style={{ width: 150 }}
              value={days[key] ?? ''}
              onChange={(event) => setDays((old) => ({ ...old, [key]: event.target.value }))}
            />
          </label>
        ))}
      </div>
      {list.isPending && <Loading rows={8} />}
      {list.isLoadingError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <Empty title="这段时间没有首诊测血压记录">
          在健康服务区接诊 35 岁及以上首诊居民时登记，或在居民页填写登记表。
        </Empty>
      )}
      {items.length > 0 && (
        <div className="card scroll-x" style={{ padding: 0 }}>
          <table className="plain-table" style={{ minWidth: 720 }}>
            <thead>
              <tr>
                {['日期', '姓名', '血压 mmHg', '结论', '处理', '机构', '登记人'].map((name) => (
                  <th key={name}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.recordId}>
                  <td style={{ whiteSpace: 'nowrap' }}>{item.visitOn}</td>
                  <td style={{ whiteSpace: 'nowrap' }}>
                    <Link to="/residents/$residentId" params={{ residentId: item.residentId }}>
                      {item.name}
                    </Link>{' '}
                    {printSex(item.sex)} {item.ageYears} 岁
                  </td>
                  <td>{item.sbp === null ? '未测' : `${item.sbp}/${item.dbp}`}</td>
                  <td>{labelOf('conclusion', item.conclusion)}</td>
                  <td>{labelOf('action', item.action)}</td>
                  <td>{item.organizationName}</td>
                  <td>{item.recordedByName}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={list} />
    </ScreeningPage>
  );
}
