import { sql, type Transaction } from 'kysely';
import { builtInFormulary } from '#capabilities/medicines/domain/formulary-entry.ts';
import { type FormAnswers, isRow, rowsOf } from '#kernel/form-shape.ts';
import type { Tables } from '#platform/server/database/tables.ts';

const known = new Set(builtInFormulary.map((one) => one.code));
/** Lists of a follow-up sheet that name medicines. */
const lists = ['drugs', 'drugAdjust'] as const;

/**
 * Sheets from a phone with the codes of picked medicines that some published edition of the formulary has, however old; a code
 * none of them has is taken off, and the name that was seen beside it stays as text. No visit is refused over a code.
 */
export async function keepPublishedCodes<S extends { readonly answers: FormAnswers }>(
  tx: Transaction<Tables>,
  countyId: string,
  sheets: readonly S[],
): Promise<readonly S[]> {
  const strange = new Set<unknown>();
  for (const { answers } of sheets)
    for (const list of lists)
      for (const { drugCode } of rowsOf(answers[list]))
        if (drugCode !== undefined && !(typeof drugCode === 'string' && known.has(drugCode)))
          strange.add(drugCode);
  if (strange.size === 0) return sheets;
  const asked = [...strange].filter((one) => typeof one === 'string');
  // The first edition came as rows, the later ones as named fields.
  const { rows } = await sql<{ code: string }>`
    select distinct coalesce(x->>'code', x->>0) as code from definition d
    cross join jsonb_array_elements(d.content) x
    where d.county_id = ${countyId} and d.kind = 'formulary'
      and coalesce(x->>'code', x->>0) = any(${asked}::text[])`.execute(tx);
  for (const { code } of rows) strange.delete(code);
  if (strange.size === 0) return sheets;
  const cleaned = (row: unknown) => {
    if (!isRow(row) || !strange.has(row.drugCode)) return row;
    const { drugCode: _, ...rest } = row;
    return rest;
  };
  return sheets.map((sheet) => {
    const answers: Record<string, unknown> = { ...sheet.answers };
    for (const list of lists) {
      const rows = answers[list];
      if (Array.isArray(rows)) answers[list] = rows.map(cleaned);
    }
    return { ...sheet, answers };
  });
}
