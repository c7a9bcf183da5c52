import { programLabels } from '#capabilities/residents/domain/program.ts';
import { followUpClassLabels } from '#clinical/follow-up/follow-up-class.ts';
import { pressureLimitFor } from '#clinical/hypertension/judge-pressure-control.ts';
import { dialLink } from '#kernel/dial-link.ts';
import { ageInYears } from '#kernel/plain-date.ts';
import { FieldEmpty, FieldFailure, FieldLoading, FieldTag } from '#platform/browser/field/controls.tsx';
import { FieldLink, goTo, useLocation, usePathParts } from '#platform/browser/field/navigation.tsx';
import { TrendChart } from '#platform/browser/field/trend-chart.tsx';
import { currentMedicines, printTaking } from '../domain/current-medicines.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import type { PhoneReading } from '../domain/wire-visit.ts';
import { CarePlanCard } from './care-plan-card.tsx';
import { InnerFrame } from './field-frame.tsx';
import { formTitleOf } from './form-titles.ts';
import { PersonAttention } from './person-attention.tsx';
import { StatusTag, sexAndAge } from './person-words.tsx';
import { usePerson, usePhoneToday } from './phone-context.tsx';
import { ReferralFirst, ReferralSection } from './referral-section.tsx';
import { SavedNote } from './saved-note.tsx';

/** A person: who, what they have, how the readings go, what is due, what can be done. */
export function PersonScreen() {
  const { id = '' } = usePathParts('/people/:id');
  const person = usePerson(id);
  if (person.kind === 'there' && person.value) return <PersonOf person={person.value} />;
  return (
    <InnerFrame title="居民">
      {person.kind === 'loading' && <FieldLoading />}
      {person.kind === 'failed' && <FieldFailure message={person.message} />}
      {person.kind === 'there' && <FieldEmpty title="本机没有这个人">可能已移出您的管理范围。</FieldEmpty>}
    </InnerFrame>
  );
}

function PersonOf({ person }: { person: PersonDocument }) {
  const today = usePhoneToday();
  const { query } = useLocation();
  const saved = query.get('saved');
  const isManaged = person.programs.length > 0 && person.status === 'active';
  const dial = dialLink(person.phone);
  const to = (place: string) => `/people/${person.id}/${place}`;
  return (
    <InnerFrame
      title={person.name}
      action={
        <>
          {dial && (
            <a
              className="f-button"
              style={{ flex: '0 0 56px', padding: 0 }}
              href={dial}
              aria-label={`拨打 ${person.phone}`}
            >
              ☎
            </a>
          )}
          <FieldLink to={to('forms')} className="f-button">
            填表
          </FieldLink>
          {isManaged && (
            <FieldLink to={to('visit')} className="f-button" data-kind="main">
              随访
            </FieldLink>
          )}
        </>
      }
    >
      {saved && <SavedNote operationId={saved} />}
      {query.get('photo') === 'lost' && (
        <div className="f-note" data-state="late" role="alert">
          手机存储空间不足：随访已保存，照片没有留下。
        </div>
      )}
      <ReferralFirst person={person} isJustSaved={saved !== null} />
      <section className="f-card">
        <div className="f-row">
          <span className="f-name">{person.name}</span>
          <span>{sexAndAge(person, today)}</span>
          <StatusTag status={person.status} />
          {person.programs.map(({ program }) => (
            <FieldTag key={program} state="plain">
              {programLabels[program]}
            </FieldTag>
          ))}
          {person.isLocal && <FieldTag state="recheck">只在本机，待上传</FieldTag>}
        </div>
        <dl className="f-pairs f-small" style={{ marginTop: 8 }}>
          <dt>电话</dt>
          <dd>{person.phone ?? '未留'}</dd>
          <dt>身份证</dt>
          <dd>{person.idTail ? `…${person.idTail}` : '未留'}</dd>
          <dt>住址</dt>
          <dd>{String(person.information.currentAddress ?? '未填')}</dd>
          {person.contract && (
            <>
              <dt>签约医生</dt>
              <dd>
                {person.contract.doctorName}（至 {person.contract.validTo}）
              </dd>
            </>
          )}
        </dl>
        <PersonMenu person={person} />
      </section>
      <ReferralSection person={person} isJustSaved={saved !== null} />
      <PersonAttention person={person} today={today} />
      <Trends person={person} />
      <Medicines person={person} />
      <CarePlanCard plan={person.plan} />
      <Owed person={person} />
      <Visits person={person} />
    </InnerFrame>
  );
}

function PersonMenu({ person }: { person: PersonDocument }) {
  const items = [
    { to: 'card', label: '二维码卡' },
    { to: 'paper', label: '表单与处方' },
    { to: 'edit', label: '改信息' },
    ...(person.status === 'active' ? [{ to: 'refer', label: '发起转诊' }] : []),
    { to: 'contact', label: '记录联系' },
    { to: 'close', label: '死亡·迁出·拒绝' },
  ];
  return (
    <div className="f-row" style={{ marginTop: 10 }}>
      {items.map((item) => (
        <button
          key={item.to}
          type="button"
          className="f-chip"
          onClick={() => goTo(`/people/${person.id}/${item.to}`)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}

const oldestFirst = (readings: readonly PhoneReading[] | undefined) =>
  (readings ?? []).map(([on, value]) => ({ on, value })).toReversed();

function Trends({ person }: { person: PersonDocument }) {
  const today = usePhoneToday();
  const { limit } = pressureLimitFor('public-health', ageInYears(person.birthDate, today), today);
  const { series } = person;
  const glucose = oldestFirst(series['fasting-glucose']);
  return (
    <>
      {(series.sbp?.length ?? 0) > 1 && (
        <section className="f-card" aria-label="血压趋势">
          <h2>血压</h2>
          <TrendChart
            title="血压"
            unit="mmHg"
            lines={[
              { label: '收缩压', colour: '#0b5f58', points: oldestFirst(series.sbp), limit: limit.sbp },
              { label: '舒张压', colour: '#4b5a67', points: oldestFirst(series.dbp), limit: limit.dbp },
            ]}
          />
        </section>
      )}
      {glucose.length > 1 && (
        <section className="f-card" aria-label="血糖趋势">
          <h2>空腹血糖</h2>
          <TrendChart
            title="空腹血糖"
            unit="mmol/L"
            lines={[{ label: '空腹血糖', colour: '#5b3a8c', points: glucose }]}
          />
        </section>
      )}
    </>
  );
}

function Medicines({ person }: { person: PersonDocument }) {
  const { from, on, medicines } = currentMedicines(person);
  if (medicines.length === 0) return null;
  return (
    <section className="f-card">
      <h2>
        现用药（{from === 'plan' ? '一站式中心方案' : '上次随访'} {on}）
      </h2>
      <dl className="f-pairs f-small">
        {medicines.map((one) => (
          <div key={one.name} style={{ display: 'contents' }}>
            <dt>{one.name}</dt>
            <dd>{printTaking(one)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Owed({ person }: { person: PersonDocument }) {
  const due = person.contract?.due ?? [];
  if (due.length === 0 && person.episodes.length === 0) return null;
  return (
    <section className="f-card">
      <h2>待完成</h2>
      <ul className="f-small" style={{ margin: 0, paddingLeft: 18 }}>
        {person.episodes
          .filter((episode) => episode.state !== 'closed' && episode.state !== 'normal')
          .map((episode) => (
            <li key={episode.condition}>
              {episode.nextStep}
              {episode.dueOn && `（${episode.dueOn} 前）`}
            </li>
          ))}
        {due.map((item) => (
          <li key={item.label}>
            {item.label}：已做 {item.done}/{item.planned}
            {item.nextDueOn && `，下次 ${item.nextDueOn} 前`}
          </li>
        ))}
      </ul>
    </section>
  );
}

const shownVisits = 8;

function Visits({ person }: { person: PersonDocument }) {
  if (person.visits.length === 0) return null;
  return (
    <section className="f-card">
      <h2>近两年记录</h2>
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }} className="f-small">
        {person.visits.slice(0, shownVisits).map((visit, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two sheets of one form on one day are two lines.
          <li key={at} className="f-row f-spread" style={{ padding: '4px 0' }}>
            <span>
              {visit.on} {formTitleOf(visit.form)}
            </span>
            <span className="f-soft">
              {visit.formClass ? followUpClassLabels[visit.formClass] : ''} {visit.by}
              {visit.isLocal && ' · 待上传'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
