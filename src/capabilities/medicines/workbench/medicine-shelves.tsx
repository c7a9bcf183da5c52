import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { builtInFormulary } from '../domain/formulary-entry.ts';
import { shelfOf, shelfTitles } from '../domain/formulary-groups.ts';
import { searchMedicines } from '../domain/search-medicines.ts';

const shelves = shelfTitles.map((title) => ({
  title,
  entries: builtInFormulary.filter((one) => shelfOf(one.code) === title),
}));
const none: ReadonlySet<string> = new Set();

/** The formulary by shelves, a tick for each medicine that is there. */
export function MedicineShelves(props: {
  lacking: ReadonlySet<string>;
  above: ReadonlySet<string>;
  mayChange: boolean;
  onChange: (lacking: ReadonlySet<string>) => void;
}) {
  const { lacking, above, mayChange } = props;
  const [typed, setTyped] = useState('');
  const found =
    typed.trim() === ''
      ? undefined
      : new Set(
          searchMedicines(builtInFormulary, typed, none, builtInFormulary.length).map(
            (one) => one.entry.code,
          ),
        );
  const shown = shelves
    .map(({ title, entries }) => ({ title, entries: entries.filter((one) => found?.has(one.code) ?? true) }))
    .filter(({ entries }) => entries.length > 0);
  const set = (codes: readonly string[], isThere: boolean) => {
    const next = new Set(lacking);
    for (const code of codes)
      if (isThere) next.delete(code);
      else next.add(code);
    props.onChange(next);
  };
  return (
    <>
      <div className="row" style={{ gap: 12, margin: '8px 0', flexWrap: 'wrap' }}>
        <Input
          aria-label="找药"
          placeholder="找药：拼音首字母或药名"
          allowClear
          style={{ width: 240 }}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="small soft">
          目录 {builtInFormulary.length} 种，有 {builtInFormulary.length - lacking.size} 种，暂无{' '}
          {lacking.size} 种
        </span>
      </div>
      {shown.length === 0 && <p className="soft">目录中没有这样的药。</p>}
      {shown.map(({ title, entries }) => {
        const codes = entries.map((one) => one.code);
        const there = codes.filter((code) => !lacking.has(code)).length;
        return (
          <fieldset key={title} style={{ border: 0, padding: 0, margin: '10px 0 0' }}>
            <legend className="row" style={{ gap: 10, padding: 0 }}>
              <b>{title}</b>
              <span className="small soft">
                有 {there}/{codes.length}
              </span>
              {mayChange && (
                <>
                  <Button size="small" disabled={there === codes.length} onClick={() => set(codes, true)}>
                    全有
                  </Button>
                  <Button size="small" disabled={there === 0} onClick={() => set(codes, false)}>
                    全无
                  </Button>
                </>
              )}
            </legend>
            <div
              style={{
                display: 'grid',
                gridTemplateColumns: 'repeat(auto-fill, minmax(210px, 1fr))',
                columnGap: 12,
                alignItems: 'start',
              }}
            >
              {entries.map(({ code, name }) => (
                <Checkbox
                  key={code}
                  disabled={!mayChange}
                  checked={!lacking.has(code)}
                  style={{ padding: '3px 0' }}
                  onChange={(event) => set([code], event.target.checked)}
                >
                  {name}
                  {lacking.has(code) !== above.has(code) && (
                    <span className="small" style={{ color: 'var(--late)' }}>
                      （上级{above.has(code) ? '暂无' : '有'}）
                    </span>
                  )}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        );
      })}
    </>
  );
}
