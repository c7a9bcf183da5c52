import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import {
  missingInReferral,
  referralLengths,
  wordUnderWay,
} from '#capabilities/referrals/domain/check-asked.ts';
import { type Urgency, urgencies } from '#capabilities/referrals/domain/referral-states.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { FieldButton, FieldEmpty, FieldLoading } from '#platform/browser/field/controls.tsx';
import { FieldLink, goTo, useLocation, usePathParts } from '#platform/browser/field/navigation.tsx';
import type { FieldOperation } from '../domain/field-operation.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { adviceToRefer, cameToNothing, underWayOf } from '../domain/referrals-on-phone.ts';
import { CallHouse } from './call-house.tsx';
import { InnerFrame } from './field-frame.tsx';
import { NoRoom } from './no-room.tsx';
import { usePerson, usePhone, usePhoneToday } from './phone-context.tsx';
import { DepartmentChips, HandlingSteps, useReferralHelp } from './referral-help.tsx';
import { refusalOf } from './refusal-of.ts';
import { isOnPhone, refusedOperation } from './replace-refused.ts';
import { useHouses } from './use-houses.ts';
import { typedAs, useKeptDraft } from './use-kept-draft.ts';
import type { VillageStore } from './village-store.ts';
import { whyNotSaved } from './why-not-saved.ts';

/** A house that is not on this platform: it stands in the department, and nobody there is told. */
const elsewhere = 'elsewhere';
const urgencyOrder: readonly Urgency[] = ['emergency', 'soon', 'routine'];

interface Typed {
  readonly operationId: string;
  readonly referralId: string;
  /** Undefined: the likeliest. */
  readonly to?: string;
  readonly toDepartment: string;
  readonly urgency: Urgency;
  readonly reason: string;
  readonly firstHandling: string;
  readonly followUpId?: string;
}

/** Sends a person on to another house, by the same questions and refusals as the workbench; without a network it waits. */
export function ReferScreen() {
  const { id = '' } = usePathParts('/people/:id/refer');
  const person = usePerson(id);
  const { own } = useHouses();
  const found = person.kind === 'there' ? person.value : undefined;
  const underWay = found && underWayOf(found, own);
  if (found?.status === 'active' && !underWay) return <ReferOf person={found} />;
  return (
    <InnerFrame title="发起转诊" back={`/people/${id}`}>
      {person.kind === 'loading' && <FieldLoading />}
      {person.kind === 'there' && !found && <FieldEmpty title="本机没有这个人" />}
      {found && found.status !== 'active' && (
        <FieldEmpty title="档案已结束">恢复管理后才能转诊；急症请直接打 120。</FieldEmpty>
      )}
      {found && underWay && (
        <div className="f-note" data-state="late" role="status">
          <div>{wordUnderWay(underWay.toDepartment)}</div>
          <FieldLink
            to={`/people/${id}/withdraw?referral=${underWay.id}`}
            className="f-button"
            style={{ marginTop: 8 }}
          >
            撤回那一份
          </FieldLink>
        </div>
      )}
    </InnerFrame>
  );
}

function ReferOf({ person }: { person: PersonDocument }) {
  const { store } = usePhone();
  const today = usePhoneToday();
  const { receivers } = useHouses();
  const { query } = useLocation();
  const mended = query.get('operation') ?? undefined;
  const sentBack = refusedOperation(store, mended);
  const { draft, change, saveWith, wasKept, room } = useKeptDraft<Typed>(
    store,
    mended ? typedAs(mended) : `refer:${person.id}`,
    () => typedBefore(sentBack) ?? newReferral(person, store, today),
    (kept) => mended !== undefined || !isOnPhone(store, kept.operationId, person.id),
  );
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<string>();
  const refusal = refusalOf(store, mended);
  const help = useReferralHelp(draft?.reason ?? '', draft?.urgency ?? 'routine', today);
  if (!draft)
    return (
      <InnerFrame title="发起转诊" back={`/people/${person.id}`}>
        {room.kind === 'none' ? <NoRoom again={room.again} /> : <FieldLoading />}
      </InnerFrame>
    );
  const to = draft.to ?? receivers?.[0]?.id ?? elsewhere;
  const house = receivers?.find((one) => one.id === to);
  const missing = missingInReferral(draft);
  const set = (more: Partial<Typed>) => change((old) => ({ ...old, ...more }));
  const save = async () => {
    setTried(true);
    setFailure(undefined);
    if (missing.length > 0) return;
    const { operationId, to: _, ...asked } = draft;
    const body = { ...asked, ...(to === elsewhere ? {} : { toOrganizationId: to }) };
    const operation = { operationId, kind: 'referral.send' as const, residentId: person.id, body };
    const result = await saveWith(operationId, (drafts) =>
      mended ? store.resolve(mended, { kind: 'replace', body }, drafts) : store.save(operation, drafts),
    );
    if (result.kind === 'refused') return setFailure(whyNotSaved(result, true));
    goTo(`/people/${person.id}?saved=${operationId}`, 'replace');
  };
  const errorOf = (path: string) => {
    const found = tried ? missing.find((one) => one.path === path) : undefined;
    return found && <span className="f-error">{found.message}</span>;
  };
  return (
    <InnerFrame
      title={`${person.name} · 转诊`}
      back={`/people/${person.id}`}
      action={
        <FieldButton kind="main" onClick={() => void save()}>
          {mended ? '重新送出' : '送出转诊'}
        </FieldButton>
      }
    >
      {[...refusal, ...(failure ? [failure] : [])].map((line) => (
        <div key={line} className="f-note" data-state="crisis" role="alert">
          {line}
        </div>
      ))}
      {wasKept && !mended && <p className="f-small f-soft">接着上次没填完的。</p>}
      {draft.urgency === 'emergency' && (
        <div className="f-note" data-state="crisis">
          急症先处理、先打电话：没有网络时这份转诊还留在手机里，对方不知道。
          <CallHouse name={house?.name} phone={house?.phone} isEmergency />
        </div>
      )}
      <section className="f-card">
        <div className="f-field">
          <span className="f-label">缓急</span>
          <div className="f-choices" role="radiogroup" aria-label="缓急">
            {urgencyOrder.map((one) => (
              // biome-ignore lint/a11y/useSemanticElements: a large target, not a small dot.
              <button
                key={one}
                type="button"
                role="radio"
                aria-checked={draft.urgency === one}
                className="f-choice"
                onClick={() => set({ urgency: one })}
              >
                {urgencies[one]}
              </button>
            ))}
          </div>
          {draft.urgency === 'emergency' && <span className="f-small f-soft">急诊走绿色通道。</span>}
        </div>
        <label className="f-field">
          <span className="f-label" data-required="true">
            转往机构
          </span>
          <select className="f-input" value={to} onChange={(event) => set({ to: event.target.value })}>
            {(receivers ?? []).map((one) => (
              <option key={one.id} value={one.id}>
                {one.label}
              </option>
            ))}
            <option value={elsewhere}>外县或平台以外的机构</option>
          </select>
          {receivers === undefined && (
            <span className="f-small f-soft">本机还没有机构名单，联网同步后就有。</span>
          )}
          {to === elsewhere && <span className="f-warning">对方不在本平台，不会自动收到；请另行联系。</span>}
        </label>
        <label className="f-field">
          <span className="f-label" data-required="true">
            转往科室
          </span>
          <input
            className="f-input"
            maxLength={referralLengths.toDepartment}
            placeholder={to === elsewhere ? '机构与科室，如：市中心医院心内科' : '如：心内科'}
            value={draft.toDepartment}
            onChange={(event) => set({ toDepartment: event.target.value })}
          />
          {errorOf('toDepartment')}
        </label>
        {to !== elsewhere && (
          <DepartmentChips
            departments={help.departments}
            chosen={draft.toDepartment}
            onChoose={(toDepartment) => set({ toDepartment })}
          />
        )}
        <label className="f-field">
          <span className="f-label" data-required="true">
            转诊理由
          </span>
          <textarea
            className="f-input"
            rows={4}
            maxLength={referralLengths.reason}
            value={draft.reason}
            onChange={(event) => set({ reason: event.target.value })}
          />
          {errorOf('reason')}
        </label>
        <label className="f-field">
          <span className="f-label" data-required={draft.urgency === 'emergency' ? 'true' : undefined}>
            初步处理
          </span>
          <textarea
            className="f-input"
            rows={3}
            maxLength={referralLengths.firstHandling}
            placeholder="已做的用药、吸氧、监测等"
            value={draft.firstHandling}
            onChange={(event) => set({ firstHandling: event.target.value })}
          />
          {errorOf('firstHandling')}
        </label>
        <HandlingSteps
          steps={help.steps}
          text={draft.firstHandling}
          onChange={(firstHandling) => set({ firstHandling })}
        />
      </section>
      {to !== elsewhere && (
        <p className="f-small f-soft" style={{ margin: 0 }}>
          对方只看到这份转诊与送达时自动附上的诊断、最近的检查和用药，看不到档案。
        </p>
      )}
    </InnerFrame>
  );
}

/** As it was typed, where only the operation itself is left of it. */
function typedBefore(operation: FieldOperation | undefined): Typed | undefined {
  if (operation?.kind !== 'referral.send') return undefined;
  const { toOrganizationId, ...asked } = operation.body;
  return { ...asked, operationId: operation.operationId, to: toOrganizationId ?? elsewhere };
}

/** Begins with what the open follow-up says; otherwise with the reason of one that came to nothing. */
function newReferral(person: PersonDocument, store: VillageStore, today: PlainDate): Typed {
  const advice = adviceToRefer(person, today);
  const failed = person.referrals?.find((one) => cameToNothing.includes(one.state));
  const visit = store
    .operations({ residentId: person.id })
    .find((one) => one.operation.kind === 'visit.record' && one.state !== 'sent')?.operation;
  return {
    operationId: uuidv7(),
    referralId: uuidv7(),
    toDepartment: '',
    urgency: advice?.urgency ?? 'routine',
    reason: (advice?.reason ?? failed?.reason ?? '').slice(0, referralLengths.reason),
    firstHandling: '',
    ...(visit?.kind === 'visit.record' ? { followUpId: visit.body.visitId } : {}),
  };
}
