import { useCallback, useState } from 'react';
import { type FormAnswers, type FormField, rowsOf } from '#kernel/form-shape.ts';
import { FieldButton, FieldTag } from '#platform/browser/field/controls.tsx';
import { FieldAnswer } from '#platform/browser/field/field-answer.tsx';
import type { TakenMedicine } from '../domain/person-document.ts';
import { type MedicineShelf, markOfRow, notOnRows } from '../domain/visit-medicines.ts';
import { MedicinePicker } from './medicine-picker.tsx';

type RowsField = FormField & { readonly kind: 'rows' };

/** Whether a field of a follow-up sheet lists medicines by name. */
export const isMedicineRows = (field: FormField): field is RowsField =>
  field.kind === 'rows' && field.columns.some((column) => column.id === 'drugName');

/** The medicines of a sheet: each in a line with how it is taken, changed or added by picking from the formulary. */
export function VisitMedicines(props: {
  field: RowsField;
  value: unknown;
  shelf: MedicineShelf;
  taken: readonly TakenMedicine[];
  onChange: (value: unknown) => void;
}) {
  const { field, shelf } = props;
  const rows = rowsOf(props.value);
  /** Place that is picked for; one past the last row adds one. */
  const [picking, setPicking] = useState<number>();
  const [open, setOpen] = useState<number>();
  const close = useCallback(() => setPicking(undefined), []);
  const put = (at: number, row: FormAnswers) =>
    props.onChange(at < rows.length ? rows.map((one, index) => (index === at ? row : one)) : [...rows, row]);
  return (
    <div id={`f-${field.id}`} style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
      {rows.map((row, at) => (
        <MedicineRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the sheet.
          key={at}
          field={field}
          row={row}
          shelf={shelf}
          isOpen={open === at}
          onOpen={() => setOpen(open === at ? undefined : at)}
          onChange={(next) => put(at, next)}
          onSwap={() => setPicking(at)}
          onRemove={() => {
            setOpen(undefined);
            const left = rows.filter((_, index) => index !== at);
            props.onChange(left.length > 0 ? left : undefined);
          }}
        />
      ))}
      {rows.length < field.maxRows && (
        <FieldButton kind="quiet" onClick={() => setPicking(rows.length)}>
          加一种药
        </FieldButton>
      )}
      {picking !== undefined && (
        <MedicinePicker
          shelf={shelf}
          taken={notOnRows(props.taken, rows)}
          old={rows[picking]}
          onClose={close}
          onPick={(row) => {
            put(picking, row);
            close();
          }}
        />
      )}
    </div>
  );
}

/** Columns that say how a medicine is taken, in the order they are said. */
const useColumns = ['dosePerTime', 'doseUnit', 'timesPerDay', 'forPrograms'];

function MedicineRow(props: {
  field: RowsField;
  row: FormAnswers;
  shelf: MedicineShelf;
  isOpen: boolean;
  onOpen: () => void;
  onChange: (row: FormAnswers) => void;
  onSwap: () => void;
  onRemove: () => void;
}) {
  const { field, row } = props;
  const { name, use, isListed, isLacking, noDose } = markOfRow(row, props.shelf);
  const columns = useColumns.flatMap((id) => field.columns.find((one) => one.id === id) ?? []);
  const isLackingUse = columns.some((one) => one.required === 'always' && row[one.id] === undefined);
  const isOpen = props.isOpen || isLackingUse;
  return (
    <section className="f-medicine" aria-label={name || '未写药名'}>
      <div className="f-row">
        <b>{name || '未写药名'}</b>
        {!isListed && name !== '' && <FieldTag state="plain">目录外</FieldTag>}
        {isLacking && <FieldTag state="late">本机构暂无</FieldTag>}
      </div>
      {noDose !== undefined && <div className="f-small">{noDose}</div>}
      {!isOpen && <div className="f-soft">{use}</div>}
      {isOpen && (
        <div className="f-medicine-use">
          {columns.map((column) => (
            <div key={column.id} data-wide={column.kind === 'codes' || undefined}>
              <span className="f-small f-soft" aria-hidden="true">
                {column.label}
              </span>
              <FieldAnswer
                field={{ ...column, id: `${field.id}-${name}-${column.id}`, label: `${name}${column.label}` }}
                value={row[column.id]}
                onChange={(value) => props.onChange({ ...row, [column.id]: value })}
              />
            </div>
          ))}
        </div>
      )}
      <div className="f-row">
        {!isLackingUse && (
          <FieldButton
            kind="quiet"
            aria-label={`${isOpen ? '收起' : '改用法'}：${name}`}
            aria-expanded={isOpen}
            onClick={props.onOpen}
          >
            {isOpen ? '收起' : '改用法'}
          </FieldButton>
        )}
        <FieldButton kind="quiet" aria-label={`换药：${name}`} onClick={props.onSwap}>
          换药
        </FieldButton>
        <FieldButton kind="quiet" aria-label={`删去：${name}`} onClick={props.onRemove}>
          删去
        </FieldButton>
      </div>
    </section>
  );
}
