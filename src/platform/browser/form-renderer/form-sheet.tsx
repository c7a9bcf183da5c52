import { describeAnswer } from '#kernel/form-describe.ts';
import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from '#kernel/form-shape.ts';

interface FormSheetProps {
  readonly edition: FormEdition;
  readonly name: string;
  readonly archiveTail: string;
  readonly records: readonly FormAnswers[];
  readonly isDemo: boolean;
}

/** One printed line: the fields that share a number on paper. */
interface PaperLine {
  readonly no: string;
  readonly fields: readonly FormField[];
}

/** The printed lines of an edition in the order of the paper; local additions are not on the national sheet. */
export function paperLinesOf(edition: FormEdition): PaperLine[] {
  const lines: { no: string; fields: FormField[] }[] = [];
  for (const field of fieldsOf(edition)) {
    if (field.extension || field.no === undefined) continue;
    const line = lines.find((one) => one.no === field.no);
    if (line) line.fields.push(field);
    else lines.push({ no: field.no, fields: [field] });
  }
  return lines;
}

/** An official sheet with its records in columns, blank columns kept, codes and their meaning as on paper. */
export function FormSheet({ edition, name, archiveTail, records, isDemo }: FormSheetProps) {
  const columns = Array.from({ length: edition.paper.recordsPerSheet }, (_, i) => records[i]);
  return (
    <div className="sheet">
      {isDemo && <div className="sheet-demo">演示数据</div>}
      <h1>{edition.title}</h1>
      <div style={{ display: 'flex', justifyContent: 'space-between', marginBottom: '2mm' }}>
        <span>姓名：{name}</span>
        <span>编号 {archiveTail}</span>
      </div>
      <table>
        <colgroup>
          <col style={{ width: '44mm' }} />
          {columns.map((_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns are places on the sheet.
            <col key={i} />
          ))}
        </colgroup>
        <tbody>
          {paperLinesOf(edition).map((line) => (
            <tr key={line.no}>
              <td>{lineLabel(line)}</td>
              {columns.map((record, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are places on the sheet.
                <td key={i}>{record ? lineText(line, record) : ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function lineLabel(line: PaperLine): string {
  const [first] = line.fields;
  if (!first) return '';
  if (line.fields.some((field) => field.id === 'sbp')) return '血压（mmHg）';
  if (line.fields.some((field) => field.id === 'exTimesNow')) return '运动（现在／目标）';
  const unit = first.unit ? `（${first.unit}）` : '';
  const hasTarget =
    line.fields.some((field) => 'targetOf' in field && field.targetOf === first.id) ||
    first.kind === 'computed';
  const legend =
    first.kind === 'code' || first.kind === 'codes'
      ? `\n${first.options.map((o) => `${o.code}${o.label}`).join(' ')}`
      : '';
  return `${first.label}${unit}${hasTarget ? '／目标' : ''}${legend}`;
}

function lineText(line: PaperLine, answers: FormAnswers): string {
  const [first] = line.fields;
  if (!first) return '';
  const raw = (field: FormField | undefined) => {
    const value = field ? answers[field.id] : undefined;
    return value === undefined || value === null ? '' : String(value);
  };
  if (first.id === 'sbp') return `${raw(first)}/${raw(line.fields[1])}`;
  if (first.id === 'exTimesNow') {
    const [times, minutes, timesTarget, minutesTarget] = line.fields.map(raw);
    return `${times} 次/周 ${minutes} 分钟/次／${timesTarget} 次/周 ${minutesTarget} 分钟/次`;
  }
  if (first.kind === 'code' || first.kind === 'codes') {
    const chosen = answers[first.id];
    const codes = Array.isArray(chosen) ? chosen.join('、') : (chosen ?? '');
    const [, second] = line.fields;
    const isTarget = second?.kind === 'code';
    const text = isTarget
      ? [describeAnswer(first, chosen), describeAnswer(second, answers[second.id])].filter(Boolean).join('／')
      : String(codes);
    const extra = !isTarget && second ? raw(second) : '';
    return extra ? `${text} ${extra}` : text;
  }
  const [, target] = line.fields;
  if (target) return `${raw(first)}／${raw(target)}`;
  return first.kind === 'rows' ? describeAnswer(first, answers[first.id]) : raw(first);
}
