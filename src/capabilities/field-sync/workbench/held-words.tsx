import { followUpFormOf } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { programs } from '#capabilities/residents/domain/program.ts';
import { describeAnswer } from '#kernel/form-describe.ts';
import { type FormAnswers, type FormEdition, fieldsOf, isRow } from '#kernel/form-shape.ts';
import { toSheetRows } from '#kernel/form-sheet-rows.ts';
import { useReadableSheet } from '#platform/browser/form-renderer/use-readable-sheet.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';

interface Words {
  readonly title?: string;
  readonly pairs: readonly (readonly [label: string, value: string])[];
}

/** What was typed, in the words of its form, so that somebody can enter it again. */
export function HeldWords({ kind, body }: { kind: string; body: unknown }) {
  const sheets = sheetsOf(kind, body);
  return sheets
    ? sheets.map((sheet) => <SheetWords key={sheet.form} sheet={sheet} />)
    : wordsOf(kind, body).map((words) => <Section key={words.title ?? kind} {...words} />);
}

/** One sheet in the words of the edition it names; where nobody here has it, every answer as it was written. */
function SheetWords({ sheet }: { sheet: HeldSheet }) {
  const readable = useReadableSheet(sheet);
  if (!readable) return <span className="soft">正在读取…</span>;
  return <Section {...answered(readable.edition, readable.answers)} />;
}

function Section({ title, pairs }: Words) {
  return (
    <section>
      {title && <h3 style={{ fontSize: 14, margin: '8px 0 4px' }}>{title}</h3>}
      <dl style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '2px 12px', margin: 0 }}>
        {pairs.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt className="soft">{label}</dt>
            <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface HeldSheet {
  readonly form: string;
  readonly formEdition: string;
  readonly answers: FormAnswers;
}

/** The sheets of a visit or a form; undefined where what came is not made of sheets. */
function sheetsOf(kind: string, body: unknown): readonly HeldSheet[] | undefined {
  if ((kind !== 'visit.record' && kind !== 'record.file') || !isRow(body)) return undefined;
  const given: unknown = kind === 'visit.record' ? body.sheets : [body];
  if (!Array.isArray(given)) return undefined;
  const sheets = given.flatMap((one): HeldSheet[] => {
    if (!isRow(one) || !isRow(one.answers) || typeof one.formEdition !== 'string') return [];
    const program = programs.find((known) => known === one.program);
    const form = program ? followUpFormOf(program) : one.form;
    return typeof form === 'string' ? [{ form, formEdition: one.formEdition, answers: one.answers }] : [];
  });
  return sheets.length === given.length ? sheets : undefined;
}

/** Never throws: an older or a broken phone may have sent anything, and it must still be readable. */
function wordsOf(kind: string, body: unknown): readonly Words[] {
  try {
    return formWords(kind, body as Record<string, unknown>) ?? [plain(body)];
  } catch {
    return [plain(body)];
  }
}

function formWords(kind: string, body: Record<string, unknown>): readonly Words[] | undefined {
  switch (kind) {
    case 'resident.register':
      return [answered(personalInformation2017, body.answers as FormAnswers)];
    case 'person.edit':
      return [{ pairs: (body.changes as Change[]).map(changed) }];
    default:
      return undefined;
  }
}

interface Change {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

function answered(edition: FormEdition, answers: FormAnswers): Words {
  const { header, rows } = toSheetRows(edition, [answers]);
  const pairs = header.flatMap((label, at): [string, string][] => {
    const value = rows[0]?.[at] ?? null;
    return value === null || value === '' ? [] : [[label, String(value)]];
  });
  return { title: edition.title, pairs };
}

function changed({ field, from, to }: Change): [string, string] {
  const known = fieldsOf(personalInformation2017).find((one) => one.id === field);
  const text = (value: unknown) => (known ? describeAnswer(known, value) : JSON.stringify(value)) || '（空）';
  return [known?.label ?? field, `${text(from)} → ${text(to)}`];
}

function plain(body: unknown): Words {
  const entries =
    typeof body === 'object' && body !== null ? Object.entries(body) : [['内容', body] as const];
  return { pairs: entries.map(([label, value]) => [String(label), JSON.stringify(value)]) };
}
