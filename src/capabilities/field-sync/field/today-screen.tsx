import { useMemo, useState } from 'react';
import { FieldEmpty, FieldTag } from '#platform/browser/field/controls.tsx';
import { FieldLink } from '#platform/browser/field/navigation.tsx';
import type { TodayItem, TodayReasonKind } from '../domain/person-line.ts';
import { CallSheet } from './call-sheet.tsx';
import { PlaceFrame } from './field-frame.tsx';
import { programWords, reasonWords, sexAndAge } from './person-words.tsx';
import { usePhone, usePhoneToday, useStoreVersion, useSyncState } from './phone-context.tsx';
import { skewWords } from './skew-words.ts';

/** Groups of today's list in the order they are looked at; each may hold several kinds of reasons. */
const groups: readonly {
  readonly id: string;
  readonly label: string;
  readonly kinds: readonly TodayReasonKind[];
}[] = [
  { id: 'now', label: '先做', kinds: ['crisis', 'referral', 'refer', 'recheck'] },
  { id: 'overdue', label: '逾期', kinds: ['overdue'] },
  { id: 'due', label: '到期', kinds: ['due'] },
  { id: 'ask', label: '再次征询', kinds: ['ask'] },
  { id: 'screening', label: '筛查', kinds: ['screening'] },
  { id: 'contract', label: '签约', kinds: ['contract'] },
  { id: 'soon', label: '七日内', kinds: ['soon'] },
];

const shownAtFirst = 60;

/** Today's work on this phone: who first, why, a call, one tap to the person. Somebody seen leaves it at once. */
export function TodayScreen() {
  const { store } = usePhone();
  const version = useStoreVersion();
  const today = usePhoneToday();
  const state = useSyncState();
  const [group, setGroup] = useState<string>();
  const [shown, setShown] = useState(shownAtFirst);
  const [calling, setCalling] = useState<TodayItem>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is read anew after each change of the store.
  const items = useMemo(() => store.listToday(today), [store, today, version]);
  const counted = groups.map((one) => ({ ...one, items: items.filter((item) => isIn(item, one.kinds)) }));
  const chosen = counted.find((one) => one.id === group)?.items ?? items;
  return (
    <PlaceFrame title={`今日 ${Number(today.slice(5, 7))}月${Number(today.slice(8))}日`}>
      <Notices />
      <div className="f-chips" role="tablist" aria-label="今日工作">
        <Chip
          isOn={group === undefined}
          onPress={() => setGroup(undefined)}
          label="全部"
          count={items.length}
          isPartial={state.isReading}
        />
        {counted
          .filter((one) => one.items.length > 0)
          .map((one) => (
            <Chip
              key={one.id}
              isOn={group === one.id}
              onPress={() => {
                setGroup(one.id);
                setShown(shownAtFirst);
              }}
              label={one.label}
              count={one.items.length}
              isPartial={state.isReading}
            />
          ))}
      </div>
      {chosen.length === 0 ? (
        <FieldEmpty
          title={state.firstSync ? '正在取回名单…' : state.isReading ? '正在读取名单…' : '今天没有要做的了'}
        >
          {state.firstSync
            ? '可以先锁屏等待，回来会接着取。'
            : `本机有 ${state.people} 人，可在“查找”中打开。`}
        </FieldEmpty>
      ) : (
        <ul className="f-list">
          {chosen.slice(0, shown).map((item) => (
            <TodayLine key={item.person.id} item={item} onCall={() => setCalling(item)} />
          ))}
        </ul>
      )}
      {state.isReading && (
        <p className="f-small f-soft" role="status" style={{ margin: 0 }}>
          最要紧的在前，其余名单正在读取…
        </p>
      )}
      {chosen.length > shown && (
        <button type="button" className="f-button" onClick={() => setShown(shown + shownAtFirst)}>
          再显示（还有 {chosen.length - shown} 人）
        </button>
      )}
      {calling && <CallSheet item={calling} today={today} onClose={() => setCalling(undefined)} />}
    </PlaceFrame>
  );
}

function isIn(item: TodayItem, kinds: readonly TodayReasonKind[]): boolean {
  const first = item.reasons[0]?.kind;
  return first !== undefined && kinds.includes(first);
}

function Chip(props: {
  isOn: boolean;
  onPress: () => void;
  label: string;
  count: number;
  isPartial: boolean;
}) {
  return (
    <button type="button" role="tab" className="f-chip" aria-selected={props.isOn} onClick={props.onPress}>
      {props.label} {props.count}
      {props.isPartial && '…'}
    </button>
  );
}

function TodayLine({ item, onCall }: { item: TodayItem; onCall: () => void }) {
  const { person, reasons } = item;
  const today = usePhoneToday();
  const [first] = reasons;
  return (
    <li className="f-line">
      <FieldLink to={`/people/${person.id}`} className="f-line-main">
        <span className="f-row">
          <span className="f-name">{person.name}</span>
          <span className="f-soft f-small">{sexAndAge(person, today)}</span>
          {first && (
            <FieldTag state={reasonWords[first.kind].state}>{reasonWords[first.kind].label}</FieldTag>
          )}
          {reasons.length > 1 && <span className="f-soft f-small">另 {reasons.length - 1} 项</span>}
        </span>
        <span className="f-small f-soft f-facts">
          <span>{person.programs.length > 0 ? programWords(person.programs) : first?.text}</span>
          {person.lastSbp !== null && (
            <span>
              {person.lastSbp}/{person.lastDbp ?? '—'}
            </span>
          )}
          {first && <span>应 {first.dueOn.slice(5)}</span>}
        </span>
      </FieldLink>
      <button
        type="button"
        className="f-line-side"
        onClick={onCall}
        aria-label={`${person.name}：打电话或说明为何今天不随访`}
      >
        <span aria-hidden="true" style={{ fontSize: 22 }}>
          ☎
        </span>
      </button>
    </li>
  );
}

/** What somebody should know before they begin: storage at risk, a clock that is off, refused work. */
function Notices() {
  const state = useSyncState();
  return (
    <>
      {state.needsYou > 0 && (
        <FieldLink to="/sync" className="f-note" data-state="crisis" style={{ color: 'inherit' }}>
          有 {state.needsYou} 项被退回，需要您处理。内容都在。
        </FieldLink>
      )}
      {state.clockSkewMinutes !== null && (
        <div className="f-note" data-state="late">
          手机时间与服务器相差 {skewWords(state.clockSkewMinutes)}；日期按服务器时间填写，请校准手机时间。
        </div>
      )}
      {state.isStorageShort && (
        <FieldLink to="/sync" className="f-note" data-state="late" style={{ color: 'inherit' }}>
          手机存储空间不足，暂时不能开始新的表；没填完的还能存。请清理照片或应用。
        </FieldLink>
      )}
      {!state.isPersisted && state.pending > 0 && (
        <div className="f-note" data-state="late">
          浏览器未承诺长期保存，请尽快联网上传。
        </div>
      )}
    </>
  );
}
