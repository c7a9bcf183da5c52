import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { sheetOf } from '#capabilities/enrollment/workbench/course-words.ts';
import { isScreeningForm } from '#capabilities/records/domain/evaluate-screening.ts';
import { recordForms } from '#capabilities/records/domain/record-forms.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { giveFamilyConsent, revokeFamilyConsent, showFamilyConsent } from '../consent-contract.ts';
import { prepareScreening } from '../contract.ts';

/** 筛查: which campaign waits for the person, the sheets and questionnaires, and the prompt for the family. */
export function ScreeningPanel({ residentId, mayWrite }: { residentId: string; mayWrite: boolean }) {
  const navigate = useNavigate();
  const start = useQuery({
    queryKey: ['screening-start', residentId],
    queryFn: () => callApi(prepareScreening, { params: { residentId } }),
  });
  const family = useQuery({
    queryKey: ['family-consent', residentId],
    queryFn: () => callApi(showFamilyConsent, { params: { residentId } }),
  });
  const open = (form: string, campaignId?: string) =>
    void navigate({
      to: '/residents/$residentId/screening/$form',
      params: { residentId, form },
      search: campaignId ? { campaignId } : {},
    });
  return (
    <section className="card">
      <div className="row spread">
        <h2>筛查</h2>
        {mayWrite && (
          <Select<string>
            aria-label="填写筛查表"
            placeholder="填写筛查表或问卷…"
            style={{ width: 260, maxWidth: '100%' }}
            value={null}
            onChange={(form) => open(form)}
            options={recordForms
              .filter((one) => isScreeningForm(one.form))
              .map((one) => ({ value: one.form, label: one.title }))}
          />
        )}
      </div>
      {start.isLoadingError && <Failure error={start.error} onRetry={() => void start.refetch()} />}
      {start.data?.campaigns.map((campaign) => (
        <div key={campaign.id} className="row spread" style={{ padding: '8px 0' }}>
          <span>在筛查活动“{campaign.name}”的名单中</span>
          {mayWrite && (
            <Button
              size="small"
              type="primary"
              onClick={() => open(sheetOf[campaign.condition], campaign.id)}
            >
              填筛查表
            </Button>
          )}
        </div>
      ))}
      {family.data && <Family residentId={residentId} mayWrite={mayWrite} family={family.data} />}
    </section>
  );
}

function Family(props: {
  residentId: string;
  mayWrite: boolean;
  family: EndpointResponse<typeof showFamilyConsent>;
}) {
  const { family } = props;
  const [isSigning, setIsSigning] = useState(false);
  return (
    <>
      {family.prompt && (
        <p
          style={{ background: 'var(--accent-soft)', borderRadius: 8, padding: '8px 12px', margin: '8px 0' }}
        >
          {family.prompt}
        </p>
      )}
      {family.consent ? (
        <Standing consent={family.consent} mayWrite={props.mayWrite} />
      ) : (
        props.mayWrite &&
        family.hasHousehold && (
          <div className="row spread" style={{ paddingTop: 8 }}>
            <span className="small soft">未登记“向同户家人作健康提示”的同意。</span>
            <Button size="small" onClick={() => setIsSigning(true)}>
              登记同意
            </Button>
          </div>
        )
      )}
      {isSigning && <SignDialog residentId={props.residentId} onClose={() => setIsSigning(false)} />}
    </>
  );
}

function Standing(props: {
  consent: NonNullable<EndpointResponse<typeof showFamilyConsent>['consent']>;
  mayWrite: boolean;
}) {
  const { consent } = props;
  const [operationId] = useState(() => uuidv7());
  const { run, problem } = useWrite(['family-consent']);
  return (
    <div className="row spread" style={{ paddingTop: 8 }}>
      <span className="small soft">
        {consent.signer} 于 {consent.givenOn} 同意向同户家人作健康提示（提示不含姓名与诊断）。
      </span>
      {props.mayWrite && (
        <Popconfirm
          title="撤回后不再因此提示家人"
          okText="撤回"
          cancelText="不"
          onConfirm={() =>
            void run(
              () =>
                callApi(revokeFamilyConsent, {
                  params: { consentId: consent.id },
                  body: { operationId, version: consent.version },
                }),
              '已撤回',
            )
          }
        >
          <Button size="small">撤回同意</Button>
        </Popconfirm>
      )}
      <WriteProblem problem={problem} />
    </div>
  );
}

function SignDialog({ residentId, onClose }: { residentId: string; onClose: () => void }) {
  const actor = useActor();
  const [ids] = useState(() => ({ operationId: uuidv7(), consentId: uuidv7() }));
  const [given, setGiven] = useState({ signer: '', givenOn: actor.today });
  const { run, problem, busy } = useWrite(['family-consent']);
  const save = async () => {
    const done = await run(
      () => callApi(giveFamilyConsent, { params: { residentId }, body: { ...ids, ...given } }),
      '已登记同意',
    );
    if (done) onClose();
  };
  return (
    <Modal
      open
      title="同意向同户家人作健康提示"
      okText="登记同意"
      cancelText="取消"
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void save()}
    >
      <p className="soft">
        请向居民说明：提示只建议家人测血压、血糖并做风险评估，不写姓名，也不写任何诊断；随时可以撤回。
      </p>
      <label htmlFor="consent-signer">签字人</label>
      <Input
        id="consent-signer"
        maxLength={40}
        value={given.signer}
        onChange={(event) => setGiven((old) => ({ ...old, signer: event.target.value }))}
      />
      <label htmlFor="consent-day">日期</label>
      <Input
        id="consent-day"
        type="date"
        max={actor.today}
        value={given.givenOn}
        onChange={(event) => setGiven((old) => ({ ...old, givenOn: event.target.value }))}
      />
      <WriteProblem problem={problem} />
    </Modal>
  );
}
