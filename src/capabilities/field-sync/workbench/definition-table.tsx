import { useQuery } from '@tanstack/react-query';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { type DefinitionLine, listDefinitions } from '../definition-contract.ts';

const kinds: Readonly<Record<DefinitionLine['kind'], string>> = {
  form: '表单',
  'rule-parameters': '规则参数',
  formulary: '药品目录',
  'county-setting': '县级设置',
};
const cell = { padding: '8px 12px', borderTop: '1px solid var(--line)' } as const;

/** Which editions of forms, rule numbers and settings are in force, and how many phones have which. */
export function DefinitionTable() {
  const found = useQuery({ queryKey: ['field-definitions'], queryFn: () => callApi(listDefinitions, {}) });
  if (found.isPending) return <Loading rows={8} />;
  if (found.isLoadingError) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  const { items, phones, silent } = found.data;
  return (
    <>
      <p className="small soft" style={{ margin: 0 }}>
        在用手机 {phones} 台{silent > 0 && `，其中 ${silent} 台还没有报告所持版本（应用较旧或还没联系）`}。
      </p>
      <div className="card" style={{ padding: 0, overflowX: 'auto' }}>
        <table className="plain-table cards-when-narrow">
          <thead>
            <tr>
              {['名称', '类别', '版本', '使用期间', '已有的手机'].map((title) => (
                <th key={title} style={{ textAlign: 'left', padding: '8px 12px', whiteSpace: 'nowrap' }}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.digest}>
                <td style={cell}>
                  <b>{one.title}</b>
                </td>
                <td data-label="类别" style={cell}>
                  {kinds[one.kind]}
                </td>
                <td data-label="版本" style={{ ...cell, whiteSpace: 'nowrap' }}>
                  {one.edition}{' '}
                  {one.isRetired && <StateTag state="plain">{one.endedOn ? '已停用' : '已被修订'}</StateTag>}
                </td>
                <td data-label="使用期间" style={cell}>
                  {one.from ? `${one.from} 起` : '一直在用'}
                  {one.endedOn && `，${one.endedOn} 停用`}
                  {one.until && `，到 ${one.until}；收到 ${one.takenThrough}`}
                </td>
                <td data-label="已有的手机" style={cell}>
                  {one.phones} 台
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
