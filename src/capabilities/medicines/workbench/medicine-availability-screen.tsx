import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { changeAvailability, type MedicineAvailability, showAvailability } from '../contract.ts';
import { MedicineShelves } from './medicine-shelves.tsx';
import { PlacesBelow } from './places-below.tsx';

const queryKey = ['medicine-availability'];

/** Which medicines of the formulary a place has: the county once, a township or a clinic where it differs. */
export function MedicineAvailabilityScreen() {
  const [organizationId, setOrganizationId] = useState<string>();
  const found = useQuery({
    queryKey: [...queryKey, organizationId],
    queryFn: () => callApi(showAvailability, { query: { organizationId } }),
  });
  return (
    <main className="page">
      <div>
        <h1>药品供应</h1>
        <div className="soft small">
          勾选的为本机构有的药；没有改过的跟随上级。村医手机上选药时，没有的药排在最后并标“本机构暂无”，仍可记录。各手机下次联系时生效。
        </div>
      </div>
      {found.isPending && <Loading rows={10} />}
      {found.isLoadingError && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <>
          <Trail given={found.data} onOpen={setOrganizationId} />
          <Place key={`${found.data.place.id} ${found.data.version}`} given={found.data} />
          <PlacesBelow given={found.data} onOpen={setOrganizationId} />
        </>
      )}
    </main>
  );
}

function Trail({ given, onOpen }: { given: MedicineAvailability; onOpen: (id: string) => void }) {
  return (
    <nav className="row" aria-label="机构" style={{ flexWrap: 'wrap' }}>
      {given.trail.map(({ id, name, mayOpen }, at) => (
        <span key={id}>
          {at > 0 && (
            <span className="soft" style={{ marginRight: 12 }}>
              ›
            </span>
          )}
          {id === given.place.id ? (
            <b>{name}</b>
          ) : mayOpen ? (
            <button type="button" className="link-button" onClick={() => onOpen(id)}>
              {name}
            </button>
          ) : (
            <span className="soft">{name}</span>
          )}
        </span>
      ))}
    </nav>
  );
}

/** One place's medicines, and saving what was changed; what was ticked stays when saving is refused. */
function Place({ given }: { given: MedicineAvailability }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const mayChange = mayDo(useActor().role, 'medicine-availability.change');
  const above = new Set(given.lackingAbove);
  const [lacking, setLacking] = useState<ReadonlySet<string>>(new Set(given.lacking));
  const [operationId, setOperationId] = useState(uuidv7);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const held = new Set(given.lacking);
  const changes = [...lacking].filter((code) => !held.has(code)).length + missing(held, lacking);
  const isAsAbove = lacking.size === above.size && missing(above, lacking) === 0;
  const change = (next: ReadonlySet<string>) => {
    setLacking(next);
    // Another content under an id that may have reached the server would be refused.
    setOperationId(uuidv7());
    setProblem(undefined);
  };
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await callApi(changeAvailability, {
        params: { organizationId: given.place.id },
        body: { operationId, version: given.version, lacking: [...lacking] },
      });
      void message.success('已保存；各手机下次联系时生效');
      await client.invalidateQueries({ queryKey });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error.issues.map((one) => one.message).join(' ') || `${error.title}。${error.detail}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card" aria-label={`${given.place.name}的药品`}>
      <div className="row spread" style={{ flexWrap: 'wrap', gap: 8 }}>
        <h2 style={{ margin: 0 }}>{given.place.name}</h2>
        <span className="small soft">
          {given.changedAt
            ? `第 ${given.version} 版，${given.changedByName ?? ''} ${printInstant(given.changedAt)} 修改`
            : '没有改过，跟随上级'}
        </span>
      </div>
      <MedicineShelves lacking={lacking} above={above} mayChange={mayChange} onChange={change} />
      {mayChange ? (
        <div className="save-bar" style={{ marginTop: 12, flexWrap: 'wrap' }}>
          <Button type="primary" disabled={changes === 0} loading={busy} onClick={() => void save()}>
            {changes === 0 ? '保存' : `保存 ${changes} 处改动`}
          </Button>
          <Button disabled={isAsAbove} onClick={() => change(above)}>
            全部跟随上级
          </Button>
          <Button disabled={changes === 0} onClick={() => change(held)}>
            撤回改动
          </Button>
          {problem && (
            <span role="alert" className="field-error">
              {problem}{' '}
              <button
                type="button"
                className="link-button"
                onClick={() => void client.invalidateQueries({ queryKey })}
              >
                取最新的（放弃这里的改动）
              </button>
            </span>
          )}
        </div>
      ) : (
        <p className="small soft" style={{ marginBottom: 0 }}>
          由本机构的医生或卫健局修改。
        </p>
      )}
    </section>
  );
}

/** How many of these are not among those. */
const missing = (these: ReadonlySet<string>, those: ReadonlySet<string>) =>
  [...these].filter((code) => !those.has(code)).length;
