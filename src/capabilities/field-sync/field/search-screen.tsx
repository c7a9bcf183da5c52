import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { readSpokenCode, spokenCodeOf } from '#capabilities/residents/domain/spoken-code.ts';
import { FieldButton, FieldEmpty } from '#platform/browser/field/controls.tsx';
import { FieldLink } from '#platform/browser/field/navigation.tsx';
import type { PersonLine } from '../domain/person-line.ts';
import { PlaceFrame } from './field-frame.tsx';
import { programWords, StatusTag, sexAndAge } from './person-words.tsx';
import { usePhone, usePhoneToday, useStoreVersion, useSyncState } from './phone-context.tsx';
import type { VillageStore } from './village-store.ts';

const shownPeople = 50;

/** The reader of QR codes is fetched when it is wanted. */
const ScanSheet = lazy(async () => ({ default: (await import('./scan-sheet.tsx')).ScanSheet }));

/** Finds a person of the phone's scope by name, initials, number tails or the code of their card. */
export function SearchScreen() {
  const { store } = usePhone();
  const version = useStoreVersion();
  const state = useSyncState();
  const today = usePhoneToday();
  const [text, setText] = useState('');
  const [scanning, setScanning] = useState(false);
  const wanted = useDeferredValue(text.trim());
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const code = readSpokenCode(wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is read anew after each change of the store.
  const found = useMemo(() => findPeople(store, wanted), [store, wanted, version]);
  return (
    <PlaceFrame title="查找居民">
      <div className="f-row" style={{ flexWrap: 'nowrap' }}>
        <input
          ref={input}
          className="f-input"
          type="search"
          aria-label="查找居民"
          placeholder="姓名、首字母、证件或电话尾数"
          autoCapitalize="off"
          autoComplete="off"
          maxLength={60}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <FieldButton onClick={() => setScanning(true)} style={{ flex: 'none', padding: '0 12px' }}>
          扫码
        </FieldButton>
      </div>
      <p className="f-small f-soft" style={{ margin: 0 }}>
        在本机的 {state.people} 人中查找{state.scopeName ? `（${state.scopeName}）` : ''}；不查全县。
      </p>
      {code.kind === 'wrong-digit' && (
        <div className="f-note" data-state="late">
          这 7 位居民码对不上校验位，可能听错一位，请再核对。
        </div>
      )}
      {wanted === '' ? (
        <FieldEmpty title="输入就出结果">也可以念居民卡上的 7 位居民码，或扫二维码。</FieldEmpty>
      ) : found.length === 0 && state.isReading ? (
        <FieldEmpty title="名单正在读取…">读完就出结果，不用重新输入。</FieldEmpty>
      ) : found.length === 0 ? (
        <FieldEmpty title="本机没有找到">
          可能不在您的管理范围。联网后在工作台可查全县；新居民请
          <FieldLink to="/register">建档</FieldLink>。
        </FieldEmpty>
      ) : (
        <ul className="f-list">
          {found.map((person) => (
            <li key={person.id} className="f-line">
              <FieldLink to={`/people/${person.id}`} className="f-line-main">
                <span className="f-row">
                  <span className="f-name">{person.name}</span>
                  <span className="f-soft f-small">{sexAndAge(person, today)}</span>
                  <StatusTag status={person.status} />
                </span>
                <span className="f-small f-soft">
                  {[
                    programWords(person.programs),
                    person.idTail && `证件 …${person.idTail}`,
                    person.phone && `电话 …${person.phone.slice(-4)}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </FieldLink>
            </li>
          ))}
        </ul>
      )}
      {found.length >= shownPeople && (
        <p className="f-small f-soft">只显示前 {shownPeople} 人，请再多输入几个字。</p>
      )}
      {scanning && (
        <Suspense fallback={null}>
          <ScanSheet onClose={() => setScanning(false)} />
        </Suspense>
      )}
    </PlaceFrame>
  );
}

function findPeople(store: VillageStore, text: string): readonly PersonLine[] {
  if (text === '') return [];
  const found = store.search(text, shownPeople);
  const code = readSpokenCode(text);
  if (code.kind !== 'code') return found;
  const byCode = [...store.lines()].filter((person) => spokenCodeOf(person.id) === code.code);
  return [...byCode, ...found.filter((person) => !byCode.includes(person))];
}
