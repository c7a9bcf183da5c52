import { printInstant } from '#platform/browser/print-instant.ts';
import './centre.css';
import { useQuery } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { changeFlowSettings, showFlowSettings } from '../contract.ts';
import { type FlowSetting, flowSettingLabels } from '../domain/flow-lines.ts';
import type { FlowSettings } from '../domain/move-visit.ts';
import { FlowMap } from './flow-map.tsx';
import { ProblemText, useAct } from './use-act.tsx';

const names = Object.keys(flowSettingLabels) as FlowSetting[];

/** The national flowchart as the platform keeps it, and the four lines the county decides on. */
export function FlowScreen() {
  const settings = useQuery({
    queryKey: ['centre', 'flow-settings'],
    queryFn: () => callApi(showFlowSettings),
  });
  return (
    <main className="page">
      <h1>慢性病健康管理服务流程</h1>
      <section className="card">
        <FlowMap />
        <p className="small soft" style={{ marginBottom: 0 }}>
          依据：国卫基层发〔2025〕15号
          附图。虚线是两次就诊之间的流向；黄线是对附图的理解，由县级设置决定。鼠标停在框或线上看编号与条件。
        </p>
      </section>
      {settings.isPending && <Loading rows={3} />}
      {settings.isLoadingError && <Failure error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <SettingsCard key={settings.data.changedAt ?? 'first'} given={settings.data} />}
    </main>
  );
}

function SettingsCard(props: {
  given: { settings: FlowSettings; changedAt: string | null; changedByName: string | null };
}) {
  const { given } = props;
  const actor = useActor();
  const mayChange = mayDo(actor.role, 'county-settings.change');
  const [settings, setSettings] = useState<FlowSettings>(given.settings);
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const isChanged = names.some((one) => settings[one] !== given.settings[one]);
  const save = async () => {
    const done = await act.run(
      () =>
        callApi(changeFlowSettings, {
          body: { operationId: ids.operationId, settings: { ...settings }, seen: given.changedAt },
        }),
      '设置已保存',
    );
    if (done) renew();
  };
  return (
    <section className="card" aria-label="县级设置">
      <h2>县级设置</h2>
      {names.map((name) => (
        <div key={name} className="row" style={{ padding: '6px 0' }}>
          <Switch
            aria-label={flowSettingLabels[name]}
            disabled={!mayChange}
            checked={settings[name]}
            onChange={(isOn) => setSettings({ ...settings, [name]: isOn })}
          />
          <span>{flowSettingLabels[name]}</span>
        </div>
      ))}
      <div className="small soft">
        {given.changedAt
          ? `${given.changedByName ?? ''} 于 ${printInstant(given.changedAt)} 修改`
          : '尚未修改，为平台默认'}
        {!mayChange && '；由系统管理员修改'}
      </div>
      {mayChange && (
        <div className="row" style={{ marginTop: 8 }}>
          <Button type="primary" disabled={!isChanged} loading={act.busy} onClick={() => void save()}>
            保存设置
          </Button>
          <ProblemText problem={act.problem} />
        </div>
      )}
    </section>
  );
}
