import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { listRosterRows, type RosterRowState } from '../contract.ts';

const rowLabels: Record<RosterRowState, string> = {
  new: '新建档案',
  enroll: '纳入管理',
  unchanged: '已在管，无变化',
  error: '有误',
  done: '已导入',
};

/** The rows of an import with what each does or what is wrong with it. */
export function RosterRows({ importId, onlyErrors }: { importId: string; onlyErrors: boolean }) {
  const rows = usePages({
    queryKey: ['roster-rows', importId, onlyErrors],
    read: (cursor) =>
      callApi(listRosterRows, {
        params: { importId },
        query: { limit: 100, cursor, ...(onlyErrors ? { state: 'error' as const } : {}) },
      }),
  });
  if (rows.isPending) return <Loading rows={3} />;
  if (rows.isLoadingError) return <Failure error={rows.error} onRetry={() => void rows.refetch()} />;
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead>
          <tr>
            <th className="number">行</th>
            <th>姓名</th>
            <th>身份证号</th>
            <th>结果</th>
            <th>问题</th>
          </tr>
        </thead>
        <tbody>
          {rows.data.items.map((row) => (
            <tr key={row.rowNo}>
              <td className="number">{row.rowNo}</td>
              <td>
                {row.residentId && row.state !== 'error' ? (
                  <Link to="/residents/$residentId" params={{ residentId: row.residentId }}>
                    {row.name}
                  </Link>
                ) : (
                  (row.name ?? '—')
                )}
              </td>
              <td>{row.idNo ?? '—'}</td>
              <td style={{ whiteSpace: 'nowrap' }}>{rowLabels[row.state]}</td>
              <td>
                {row.issues.map((issue) => (
                  <div key={issue.cell + issue.code}>
                    <b>{issue.cell}</b> {issue.message}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <MoreButton list={rows} />
    </div>
  );
}
