import { referralDeeds, senderDeeds, urgencies } from '#capabilities/referrals/domain/referral-states.ts';
import { describeAnswer } from '#kernel/form-describe.ts';
import { type FormAnswers, type FormEdition, fieldsOf, isRow } from '#kernel/form-shape.ts';
import { toSheetRows } from '#kernel/form-sheet-rows.ts';
import { type ReadableSheet, useReadableSheet } from '#platform/browser/form-renderer/use-readable-sheet.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { type CarriedSheet, sheetsOfBody } from '../domain/sheets-of-body.ts';

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
function SheetWords({ sheet }: { sheet: CarriedSheet }) {
  const readable = useReadableSheet(sheet);
  if (!readable) return <span className="soft">正在读取…</span>;
  return (
    <>
      <Section {...sheetWords(readable, sheet)} />
      {readable.isBare && (
        <p>
          填写时用的是{sheet.formEdition ? ` ${sheet.formEdition} ` : '没有写明的'}
          版，有无危急情况没有按这一版判断，请人工核对。
        </p>
      )}
    </>
  );
}

/** What has no place on its form is listed too: it may be the very reason it was sent back. */
function sheetWords({ edition, answers, isBare }: ReadableSheet, sheet: CarriedSheet): Words {
  const title = `${edition.title}${isBare ? '' : ` ${edition.edition} 版`}`;
  try {
    const known = new Set(fieldsOf(edition).map((field) => field.id));
    const others = Object.entries(answers).filter(([id]) => !known.has(id));
    return {
      title,
      pairs: [...answered(edition, answers).pairs, ...plain(Object.fromEntries(others)).pairs],
    };
  } catch {
    return { ...plain(sheet.answers), title };
  }
}

function Section({ title, pairs }: Words) {
  return (
    <section>
      {title && <h2 style={{ fontSize: 14, margin: '8px 0 4px' }}>{title}</h2>}
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

/** The sheets of a visit or a form; undefined where what came is not made of sheets. */
function sheetsOf(kind: string, body: unknown): readonly CarriedSheet[] | undefined {
  if (kind !== 'visit.record' && kind !== 'record.file') return undefined;
  const sheets = sheetsOfBody(body);
  const given = isRow(body) && Array.isArray(body.sheets) ? body.sheets.length : 1;
  return sheets.length === given ? sheets : undefined;
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
    case 'referral.send':
      return [{ pairs: labelled(body, referralLabels) }];
    case 'referral.step':
      return [{ pairs: labelled(body, stepLabels) }];
    default:
      return undefined;
  }
}

/** What somebody would type again; ids say nothing to them. */
const referralLabels = {
  toDepartment: '转往科室',
  urgency: '缓急',
  reason: '转诊理由',
  firstHandling: '初步处理',
} as const;
const stepLabels = { deed: '做什么', note: '说明' } as const;
const valueWords: Readonly<Record<string, string>> = {
  ...urgencies,
  ...Object.fromEntries(senderDeeds.map((deed) => [deed, referralDeeds[deed].label])),
};

function labelled(
  body: Record<string, unknown>,
  labels: Readonly<Record<string, string>>,
): [string, string][] {
  return Object.entries(labels).flatMap(([key, label]): [string, string][] => {
    const text = typeof body[key] === 'string' ? body[key] : '';
    const isCode = key === 'urgency' || key === 'deed';
    return text === '' ? [] : [[label, (isCode && valueWords[text]) || text]];
  });
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
