import { followUpPrograms } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import type { Program } from '#capabilities/residents/domain/program.ts';
import { describeAnswer } from '#kernel/form-describe.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { toSheetRows } from '#kernel/form-sheet-rows.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';

interface Words {
  readonly title?: string;
  readonly pairs: readonly (readonly [label: string, value: string])[];
}

/** What was typed, in the words of its form, so that somebody can enter it again. */
export function HeldWords({ kind, body }: { kind: string; body: unknown }) {
  return wordsOf(kind, body).map(({ title, pairs }) => (
    <section key={title ?? kind}>
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
  ));
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
    case 'visit.record':
      return (body.sheets as { program: Program; answers: FormAnswers }[]).map(({ program, answers }) =>
        answered(followUpPrograms[program].edition, answers),
      );
    case 'resident.register':
      return [answered(personalInformation2017, body.answers as FormAnswers)];
    case 'record.file': {
      const edition = allFormEditions.find(
        (one) => one.form === body.form && one.edition === body.formEdition,
      );
      return edition && [answered(edition, body.answers as FormAnswers)];
    }
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
