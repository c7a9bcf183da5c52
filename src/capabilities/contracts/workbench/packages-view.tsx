import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { audienceLabels, deliverables } from '../domain/service-package.ts';
import { listPackages, type PackageLine, retirePackage } from '../package-contract.ts';
import { PackageDialog } from './package-dialog.tsx';

/** Packages on offer and those retired; the county's office adds, revises and retires them. */
export function PackagesView() {
  const actor = useActor();
  const mayWrite = mayDo(actor.role, 'service-packages.manage');
  const [editing, setEditing] = useState<{ from?: PackageLine }>();
  const write = useWrite(['contracts']);
  const packages = useQuery({
    queryKey: ['contracts', 'packages'],
    queryFn: () => callApi(listPackages),
  });
  if (packages.isPending) return <Loading rows={6} />;
  if (packages.isLoadingError)
    return <Failure error={packages.error} onRetry={() => void packages.refetch()} />;
  const items = packages.data.items.toSorted((a, b) => Number(a.isRetired) - Number(b.isRetired));
  return (
    <>
      <div className="row spread">
        <span className="soft">
          平台默认的服务包由公开做法整理，待县卫健局确认；修订后原包停用，已签的仍按原包履约。
        </span>
        {mayWrite && (
          <Button type="primary" onClick={() => setEditing({})}>
            新增服务包
          </Button>
        )}
      </div>
      <WriteProblem problem={write.problem} />
      {items.length === 0 && <Empty title="还没有服务包">由卫健局新增。</Empty>}
      {items.map((one) => (
        <section key={one.id} className="card" aria-label={one.name}>
          <div className="row spread">
            <h2>
              {one.name}{' '}
              <span className="small soft">
                {audienceLabels[one.audience]} ·{' '}
                {one.priceCents === 0 ? '不收费' : `每年 ${one.priceCents / 100} 元`} · 在签 {one.contracts}{' '}
                人
              </span>
            </h2>
            <span className="row">
              {one.isRetired && <StateTag state="plain">已停用</StateTag>}
              {mayWrite && !one.isRetired && (
                <>
                  <Button size="small" onClick={() => setEditing({ from: one })}>
                    修订
                  </Button>
                  <Button
                    size="small"
                    onClick={() =>
                      void write.run(
                        () =>
                          callApi(retirePackage, {
                            params: { packageId: one.id },
                            body: { operationId: uuidv7() },
                          }),
                        '已停用',
                      )
                    }
                  >
                    停用
                  </Button>
                </>
              )}
            </span>
          </div>
          {one.items.map((item) => (
            <div key={item.code} style={{ padding: '4px 0' }}>
              {item.label} 每年 {item.timesPerYear} 次
              <span className="small soft">
                ，由{item.forms.map((form) => deliverables[form] ?? form).join('、')}计入
              </span>
            </div>
          ))}
        </section>
      ))}
      {editing && <PackageDialog from={editing.from} onClose={() => setEditing(undefined)} />}
    </>
  );
}
