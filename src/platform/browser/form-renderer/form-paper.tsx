import { describeAnswer } from '#kernel/form-describe.ts';
import { findField, type PaperRow, paperRows } from '#kernel/form-paper.ts';
import type { FormAnswers, FormEdition, FormField } from '#kernel/form-shape.ts';
import { RegisterPaper } from './register-paper.tsx';

/**
 * A form about one person on paper: numbered lines group by group; options printed with their code, chosen ones ticked.
 * What paper prints as a register is printed as one.
 */
export function FormPaper(props: {
  edition: FormEdition;
  name: string;
  archiveTail: string;
  answers: FormAnswers;
  isDemo: boolean;
}) {
  const { edition, answers } = props;
  if (edition.paper.layout === 'register') return <RegisterPaper {...props} records={[answers]} />;
  const rows = paperRows(edition);
  const groups = [...new Set(rows.map((row) => row.group))];
  // What is torn off and given away says itself whose it is.
  const parts = edition.groups[0]?.id === 'stub' ? [groups.slice(0, 1), groups.slice(1)] : [groups];
  return (
    <div className={`sheet sheet-person${rows.length <= shortSheet ? ' sheet-short' : ''}`}>
      {props.isDemo && <div className="sheet-demo">演示数据</div>}
      <h1>{edition.title}</h1>
      {parts.map((part, index) => (
        <div key={part[0]}>
          {index > 0 && <div className="sheet-cut">裁切线</div>}
          <PaperPart {...props} rows={rows} groups={part} isSlip={index > 0} />
        </div>
      ))}
    </div>
  );
}

/** A sheet of so few lines leaves room to write by hand. */
const shortSheet = 12;

function PaperPart(props: {
  edition: FormEdition;
  name: string;
  archiveTail: string;
  answers: FormAnswers;
  rows: readonly PaperRow[];
  groups: readonly string[];
  isSlip: boolean;
}) {
  const { edition, answers, rows, groups } = props;
  const isAnonymous = answers.anonymous === true;
  return (
    <table>
      <colgroup>
        <col style={{ width: '9mm' }} />
        <col style={{ width: '42mm' }} />
        <col />
      </colgroup>
      {/* The browser prints it again on every page: a loose sheet still says whose it is. */}
      <thead>
        <tr>
          <td colSpan={3} className="sheet-whose">
            <span>姓名：{isAnonymous ? '匿名' : props.name}</span>
            {props.isSlip && <SlipAddress edition={edition} answers={answers} />}
            {!isAnonymous && <span>编号 {props.archiveTail}</span>}
          </td>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group}>
          <tr className="sheet-group">
            <th colSpan={3} style={{ textAlign: 'left' }}>
              {group}
            </th>
          </tr>
          {rows
            .filter((row) => row.group === group)
            .map((row) => (
              <tr key={row.no}>
                <td>{row.no}</td>
                <td>{labelOf(row.fields)}</td>
                <td>
                  {row.fields.map((field) => (
                    <PaperAnswer
                      key={field.id}
                      field={field}
                      value={answers[field.id]}
                      label={ownLabel(field, row.fields)}
                    />
                  ))}
                </td>
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}

/** Sex and age of whom the slip sends, and to where: they stand on the stub, and the stub stays behind. */
function SlipAddress({ edition, answers }: { edition: FormEdition; answers: FormAnswers }) {
  return ['gender', 'age', 'toOrg', 'toDept', 'toDoctor', 'fromDoctor', 'signDate'].map((id) => {
    const field = findField(edition, id);
    const text = field && describeAnswer(field, answers[id]);
    return text ? (
      <span key={id}>
        {field.label}：{text}
      </span>
    ) : null;
  });
}

function labelOf(fields: readonly FormField[]): string {
  return fields[0]?.label ?? '';
}

/** The label beside a field: none when the line says it already, what comes after “·” when the line says the rest. */
function ownLabel(field: FormField, fields: readonly FormField[]): string | undefined {
  const line = labelOf(fields);
  if (field.label === line) return undefined;
  return field.label.startsWith(`${line}·`) ? field.label.slice(line.length + 1) : field.label;
}

function PaperAnswer(props: { field: FormField; value: unknown; label: string | undefined }) {
  const { field, value } = props;
  const unit = field.unit && value !== undefined ? ` ${field.unit}` : '';
  if (field.kind === 'code' || field.kind === 'codes') {
    const chosen = new Set(
      Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)],
    );
    return (
      <div>
        {props.label && <span>{props.label}：</span>}
        {field.options.map((option) => (
          <span key={option.code} style={{ marginRight: '2.5mm', whiteSpace: 'nowrap' }}>
            {chosen.has(option.code) ? '☑' : '☐'}{' '}
            {option.code === option.label ? option.code : `${option.code} ${option.label}`}
          </span>
        ))}
        {/* A code of a newer edition is kept, so it is printed too. */}
        {[...chosen]
          .filter((code) => !field.options.some((option) => option.code === code))
          .map((code) => (
            <span key={code} style={{ marginRight: '2.5mm', whiteSpace: 'nowrap' }}>
              ☑ {describeAnswer(field, field.kind === 'codes' ? [code] : code)}
            </span>
          ))}
      </div>
    );
  }
  if (field.kind === 'rows') return <PaperRows field={field} value={value} />;
  return (
    <div
      className={field.kind === 'text' && field.multiline ? 'sheet-writing' : undefined}
      style={{ minHeight: '4mm' }}
    >
      {props.label && <span>{props.label}：</span>}
      {describeAnswer(field, value) || <span style={{ color: '#999' }}>________</span>}
      {field.kind === 'text'
        ? ''
        : unit && !describeAnswer(field, value).includes(field.unit ?? '')
          ? unit
          : ''}
    </div>
  );
}

function PaperRows({ field, value }: { field: FormField & { kind: 'rows' }; value: unknown }) {
  const rows = Array.isArray(value) ? (value as FormAnswers[]) : [];
  const blank = Math.max(0, field.printedRows - rows.length);
  const lines = [...rows, ...Array.from({ length: blank }, (): FormAnswers => ({}))];
  return (
    <table style={{ margin: '1mm 0' }}>
      <thead>
        <tr>
          {field.columns.map((column) => (
            <th key={column.id}>{column.label}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the sheet.
          <tr key={index}>
            {field.columns.map((column) => (
              <td key={column.id}>{describeAnswer(column, row[column.id])}&nbsp;</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
