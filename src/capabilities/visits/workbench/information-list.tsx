import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useActor } from '#platform/browser/session.tsx';
import { type InformationSource, informationSources } from '../domain/information-sources.ts';
import type { ReceptionCard } from '../reception-contract.ts';

export interface AddedInformation {
  readonly source: InformationSource;
  readonly on: string;
  readonly text: string;
}

const sources = Object.keys(informationSources) as InformationSource[];

/** The basic information from its four sources: what the record knows, taken unless left out, and what is added now. */
export function InformationList(props: {
  known: ReceptionCard['information'];
  left: ReadonlySet<string>;
  onLeave: (left: ReadonlySet<string>) => void;
  added: readonly AddedInformation[];
  onAdd: (added: readonly AddedInformation[]) => void;
}) {
  const { today } = useActor();
  const [source, setSource] = useState<InformationSource>('A5c');
  const [on, setOn] = useState<string>(today);
  const [text, setText] = useState('');
  const toggle = (id: string) => {
    const next = new Set(props.left);
    if (!next.delete(id)) next.add(id);
    props.onLeave(next);
  };
  const add = () => {
    if (text.trim() === '') return;
    props.onAdd([...props.added, { source, on, text: text.trim() }]);
    setText('');
  };
  return (
    <div className="small" style={{ display: 'grid', gap: 4 }}>
      {props.known.length + props.added.length === 0 && (
        <span className="soft">上次来中心以后没有新的记录。</span>
      )}
      {props.known.map((one) => (
        <label key={one.recordId} style={{ display: 'flex', gap: 6, alignItems: 'baseline' }}>
          <input
            type="checkbox"
            tabIndex={-1}
            checked={!props.left.has(one.recordId)}
            onChange={() => toggle(one.recordId)}
          />
          <span>
            <b>{informationSources[one.source]}</b> {one.on} {one.title}（{one.place}） {one.text}
          </span>
        </label>
      ))}
      {props.added.map((one) => (
        <span key={one.source + one.on + one.text}>
          ＋ <b>{informationSources[one.source]}</b> {one.on} {one.text}{' '}
          <button
            type="button"
            className="link-button"
            onClick={() => props.onAdd(props.added.filter((other) => other !== one))}
          >
            删去
          </button>
        </span>
      ))}
      <details>
        <summary className="soft" tabIndex={-1}>
          补充一条
        </summary>
        <div className="row" style={{ gap: 6, marginTop: 4 }}>
          <Select<InformationSource>
            aria-label="信息来源"
            size="small"
            style={{ width: 130 }}
            value={source}
            onChange={setSource}
            options={sources.map((value) => ({ value, label: informationSources[value] }))}
          />
          <Input
            aria-label="信息日期"
            type="date"
            size="small"
            max={today}
            style={{ width: 140 }}
            value={on}
            onChange={(event) => setOn(event.target.value)}
          />
          <Input
            aria-label="信息内容"
            size="small"
            maxLength={400}
            style={{ flex: 1, minWidth: 160 }}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onPressEnter={add}
          />
          <Button size="small" onClick={add}>
            加入
          </Button>
        </div>
      </details>
    </div>
  );
}
