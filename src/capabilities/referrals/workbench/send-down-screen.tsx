import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Segmented } from 'antd';
import { checkIdentity } from '#capabilities/residents/contract.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useKept } from '#platform/browser/use-kept.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { foundUrgencies } from '../domain/found-person.ts';
import { urgencies } from '../domain/referral-states.ts';
import { sendDown } from '../down-contract.ts';
import { BackFields, blankBack, LabelledInput } from './back-fields.tsx';
import { ManagingHouseSelect } from './managing-house-select.tsx';
import { refreshed } from './refreshed.ts';

interface Typed {
  readonly name: string;
  readonly idNo: string;
  readonly phone: string;
  readonly to?: string;
  readonly urgency: (typeof foundUrgencies)[number];
  readonly back: typeof blankBack;
  readonly isAgreed: boolean;
}
const blank: Typed = {
  name: '',
  idNo: '',
  phone: '',
  urgency: 'routine',
  back: blankBack,
  isAgreed: false,
};
const longEnough = 15;

/** 下转: somebody the hospital found itself, with the national slip, to the house they wish to be managed by. */
export function SendDownScreen() {
  const { today } = useActor();
  const navigate = useNavigate();
  const [typed, setTyped, drop] = useKept<Typed>('referral:down', blank);
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed);
  const identity =
    typed.idNo.trim().length >= longEnough ? checkIdentityNumber(typed.idNo, plainDate(today)) : undefined;
  const idNo = identity?.kind === 'valid' ? identity.idNo : undefined;
  const known = useQuery({
    queryKey: ['identity-holder', idNo],
    queryFn: () => callApi(checkIdentity, { body: { idNo: idNo ?? '' } }),
    enabled: idNo !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const holder = known.data?.holder;
  const isReady = identity?.kind === 'valid' && typed.name.trim() !== '' && typed.to && typed.isAgreed;
  const send = async () => {
    if (typed.to === undefined) return;
    const { name, phone, urgency, back, to } = typed;
    const done = await run(
      () =>
        callApi(sendDown, {
          body: {
            operationId: ids.operationId,
            referralId: ids.id,
            person: { name, idNo: typed.idNo, phone },
            toOrganizationId: to,
            urgency,
            back,
            isAgreed: true,
          },
        }),
      '已下转，等对方答复',
    );
    if (!done) return;
    drop();
    void navigate({ to: '/referrals', search: { side: 'sent' } });
  };
  const line = (label: string, id: 'name' | 'idNo' | 'phone', most: number) => (
    <LabelledInput
      label={label}
      most={most}
      value={typed[id]}
      onChange={(text) => setTyped({ ...typed, [id]: text })}
    />
  );
  return (
    <main className="page">
      <h1>下转新发现的病人</h1>
      <section className="card" aria-label="病人" style={{ display: 'grid', gap: 8 }}>
        <h2>病人</h2>
        <div className="row">
          {line('姓名', 'name', 50)}
          {line('身份证号', 'idNo', 32)}
          {line('本人或家属电话', 'phone', 20)}
        </div>
        <div className="small" role="status">
          {identity?.kind === 'invalid' && <span style={{ color: 'var(--crisis)' }}>{identity.message}</span>}
          {identity?.kind === 'valid' && `${printSex(identity.sex)}，${identity.birthDate} 出生。`}
          {known.data &&
            (holder ? `已建档，由${holder.organizationName}管理。` : '县内还没有档案，由接收的机构建档。')}
        </div>
      </section>
      <section className="card" aria-label="双向转诊单（回转）" style={{ display: 'grid', gap: 8 }}>
        <h2>双向转诊单（回转）</h2>
        <BackFields value={typed.back} onChange={(back) => setTyped({ ...typed, back })} />
      </section>
      <section
        className="card"
        aria-label="转给谁"
        style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 8 }}
      >
        <h2>本人希望由哪家管理</h2>
        <div className="row">
          <ManagingHouseSelect value={typed.to} onChange={(to) => setTyped({ ...typed, to })} />
          <Segmented<Typed['urgency']>
            aria-label="缓急"
            value={typed.urgency}
            onChange={(urgency) => setTyped({ ...typed, urgency })}
            options={foundUrgencies.map((value) => ({ value, label: urgencies[value] }))}
          />
        </div>
        <Checkbox
          checked={typed.isAgreed}
          onChange={(event) => setTyped({ ...typed, isAgreed: event.target.checked })}
        >
          已告知本人并征得同意：由所选机构管理，以上内容送给该机构
        </Checkbox>
        <div className="row">
          <Button type="primary" loading={busy} disabled={!isReady} onClick={() => void send()}>
            下转
          </Button>
          <span className="small soft">只有所选机构看得到；它对上或建立档案、纳入管理后确认接续。</span>
        </div>
        <WriteProblem problem={problem} />
      </section>
    </main>
  );
}
