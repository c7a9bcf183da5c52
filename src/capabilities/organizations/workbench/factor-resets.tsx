import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { approveFactorReset, listFactorResets } from '#standards/session-contract.ts';

/** Resets of second factors that wait for the security administrator. */
export function FactorResets() {
  const { message, modal } = App.useApp();
  const resets = useQuery({ queryKey: ['factor-resets'], queryFn: () => callApi(listFactorResets) });
  if (resets.isPending) return <Loading rows={2} />;
  if (resets.isLoadingError) return <Failure error={resets.error} onRetry={() => void resets.refetch()} />;
  const approve = (resetId: string, name: string) =>
    modal.confirm({
      title: `批准重置 ${name} 的第二因子？`,
      content: '请先当面或电话核实本人。批准后其全部登录失效，下次登录须重新启用。',
      okText: '已核实，批准',
      cancelText: '取消',
      async onOk() {
        try {
          await callApi(approveFactorReset, { params: { resetId } });
          void message.success('已重置');
        } catch (error) {
          void message.error(error instanceof ApiProblem ? error.detail : '没有成功，请重试。');
        }
        void resets.refetch();
      },
    });
  return (
    <section className="card">
      <h2>待批准的第二因子重置</h2>
      <p className="soft small">
        一位管理员在“机构”页申请，由安全管理员批准；申请人和本人都不能批准自己经手的。安全管理员本人的，由另一位管理员批准。
      </p>
      {resets.data.items.length === 0 && <p className="soft">没有待批准的申请。</p>}
      {resets.data.items.map((one) => (
        <div
          key={one.resetId}
          className="row spread"
          style={{ padding: '8px 0', borderTop: '1px solid var(--line)', flexWrap: 'wrap', gap: 8 }}
        >
          <span>
            <b>{one.staffName}</b>（{one.username}） {one.reason}
            <div className="small soft">{one.requestedBy} 申请</div>
          </span>
          <Button size="small" disabled={!one.mayApprove} onClick={() => approve(one.resetId, one.staffName)}>
            批准
          </Button>
        </div>
      ))}
    </section>
  );
}
