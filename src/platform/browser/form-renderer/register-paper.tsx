import { describeAnswer } from '#kernel/form-describe.ts';
import {
  type RegisterTable,
  registerCell,
  registerColumns,
  registerHead,
  registerTables,
} from '#kernel/form-paper.ts';
import type { FormAnswers, FormEdition, FormField } from '#kernel/form-shape.ts';

interface RegisterProps {
  edition: FormEdition;
  name: string;
  archiveTail: string;
  records: readonly FormAnswers[];
  isDemo: boolean;
}

/** A register on the long side of A4: people in rows under one head, blank rows to the foot of the page. */
export function RegisterPaper(props: RegisterProps) {
  return (
    <>
      {registerTables(props.edition, props.records).map((table, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tables are pages of the print.
        <RegisterPage key={index} {...props} table={table} />
      ))}
    </>
  );
}

function RegisterPage(props: RegisterProps & { table: RegisterTable }) {
  const { edition, table } = props;
  const columns = registerColumns(edition);
  const blank = Math.max(0, edition.paper.recordsPerSheet - table.rows.length);
  const lines = [...table.rows, ...Array.from({ length: blank }, (): FormAnswers => ({}))];
  return (
    <div className="sheet sheet-register">
      {props.isDemo && <div className="sheet-demo">演示数据</div>}
      <h1>{edition.title}</h1>
      <table>
        <thead>
          <tr>
            <td colSpan={columns.length} className="sheet-whose">
              <div className="sheet-head">
                {registerHead(edition).map((field) => (
                  <span key={field.id}>
                    {field.label}：{describeAnswer(field, table.head[field.id]) || '________'}
                  </span>
                ))}
                <span>
                  摘自居民档案：{props.name} 编号 {props.archiveTail}
                </span>
              </div>
            </td>
          </tr>
          <tr>
            {columns.map((column) => (
              <th key={column.no}>
                {column.title}
                {column.unit && `（${column.unit}）`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the sheet.
            <tr key={index}>
              {columns.map((column) => (
                <td key={column.no} className={cellClass(column.fields[0])}>
                  {registerCell(column, row).map((text) => (
                    <div key={text}>{text}</div>
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sheet-codes">{codesOf(columns.flatMap((column) => column.fields))}</p>
    </div>
  );
}

/** Words may run over lines, a day stays on one, and everything else breaks only between words. */
function cellClass(field: FormField | undefined): string | undefined {
  if (field?.kind === 'text' && field.maxLength > 50) return 'sheet-prose';
  return field?.kind === 'date' || field?.kind === 'partial-date' ? 'sheet-day' : undefined;
}

/** What the codes stand for, for whoever fills a blank row by hand. */
function codesOf(fields: readonly FormField[]): string {
  return fields
    .flatMap((field) =>
      field.kind === 'code' || field.kind === 'codes'
        ? [`${field.label}：${field.options.map((option) => `${option.code} ${option.label}`).join(' ')}`]
        : [],
    )
    .join('；');
}
