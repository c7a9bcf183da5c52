import { useState } from 'react';
import { type FormularyEntry, printUsual } from '#capabilities/medicines/domain/formulary-entry.ts';
import { searchMedicines } from '#capabilities/medicines/domain/search-medicines.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { BottomSheet, FieldButton, FieldTag } from '#platform/browser/field/controls.tsx';
import { printTaking } from '../domain/current-medicines.ts';
import type { TakenMedicine } from '../domain/person-document.ts';
import {
  type MedicineShelf,
  noDoseBecause,
  rowOfEntry,
  rowOfTaken,
  rowOfText,
} from '../domain/visit-medicines.ts';

/** Two letters and a tap: the formulary by pinyin initials or a piece of the name, what the person takes first of all. */
export function MedicinePicker(props: {
  shelf: MedicineShelf;
  /** What the person takes and this list does not have yet. */
  taken: readonly TakenMedicine[];
  /** The row whose medicine is changed. */
  old: FormAnswers | undefined;
  onPick: (row: FormAnswers) => void;
  onClose: () => void;
}) {
  const { shelf, old, onPick } = props;
  const [typed, setTyped] = useState('');
  const found = searchMedicines(shelf.formulary, typed, shelf.lacking);
  const written = typed.trim();
  const isWritten = /[\u4e00-\u9fff]/.test(written) && !found.some(({ entry }) => entry.name === written);
  return (
    <BottomSheet title={old ? `换药：${String(old.drugName ?? '')}` : '选药'} onClose={props.onClose}>
      <input
        className="f-input"
        data-first
        aria-label="拼音首字母或药名"
        placeholder="拼音首字母或药名，如 aldp"
        autoCapitalize="off"
        autoCorrect="off"
        enterKeyHint="done"
        maxLength={60}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || !first) return;
          event.preventDefault();
          onPick(rowOfEntry(shelf, first.entry, old));
        }}
      />
      <div className="f-picker-list">
        {written === '' && <Taken taken={props.taken} onPick={(one) => onPick(rowOfTaken(one, old))} />}
        {found.length > 0 && (
          <ul className="f-list" aria-label="目录中的药">
            {found.map(({ entry, isLacking }) => (
              <li key={entry.code}>
                <Choice
                  name={entry.name}
                  use={fillingOf(shelf, entry)}
                  isLacking={isLacking}
                  onPress={() => onPick(rowOfEntry(shelf, entry, old))}
                />
              </li>
            ))}
          </ul>
        )}
        {written !== '' && found.length === 0 && <p className="f-soft">目录中没有“{written}”。</p>}
        {isWritten && (
          <FieldButton
            kind="quiet"
            style={{ width: '100%', marginTop: 8 }}
            onClick={() => onPick(rowOfText(written, old))}
          >
            按“{written}”原样记下（目录外）
          </FieldButton>
        )}
      </div>
    </BottomSheet>
  );
}

function Taken({ taken, onPick }: { taken: readonly TakenMedicine[]; onPick: (one: TakenMedicine) => void }) {
  if (taken.length === 0)
    return (
      <p className="f-soft f-small">
        输入拼音首字母（如氨氯地平 aldp）或药名中的字；用法按常用量预填，请核对。
      </p>
    );
  return (
    <>
      <div className="f-label">现在用的药</div>
      <ul className="f-list" aria-label="现在用的药">
        {taken.map((one) => (
          <li key={one.name}>
            <Choice name={one.name} use={printTaking(one)} isLacking={false} onPress={() => onPick(one)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Choice(props: { name: string; use: string; isLacking: boolean; onPress: () => void }) {
  return (
    <button type="button" className="f-line-main f-picker-choice" onClick={props.onPress}>
      <span className="f-row">
        <b>{props.name}</b>
        {props.isLacking && <FieldTag state="late">本机构暂无</FieldTag>}
      </span>
      <span className="f-small f-soft">{props.use}</span>
    </button>
  );
}

/** What the row would be filled with, why it is not, or what the label says. */
function fillingOf(shelf: MedicineShelf, entry: FormularyEntry): string {
  const usual = shelf.usual(entry);
  if (usual) return printTaking({ name: entry.name, ...usual });
  const set = shelf.setBy(entry.code);
  return set === undefined ? printUsual(entry) : noDoseBecause(set);
}
