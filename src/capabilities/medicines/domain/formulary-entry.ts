import { formularyInitials } from '#clinical/medicines/formulary-initials.ts';
import { type FormularyRow, formularyRows } from '#clinical/medicines/formulary-tables.ts';

/** A medicine of the formulary as it travels to phones: enough to find it and to say how it is mostly taken. */
export interface FormularyEntry {
  readonly code: string;
  readonly name: string;
  /** Pinyin initials, one word for each name it goes by. */
  readonly initials: string;
  /** Usual daily dose as the label says it, in `unit`. */
  readonly usual: string;
  readonly times: string;
  readonly unit: string;
}

/** Edition of the formulary: the national list it follows, and the revision of what travels. */
export const formularyEdition = '2018-2';

const entryOf = ([code, name, , , usual, , unit, times]: FormularyRow): FormularyEntry => ({
  code,
  name,
  initials: Object.hasOwn(formularyInitials, code) ? (formularyInitials[code] ?? '') : '',
  usual,
  times,
  unit,
});

/** The formulary this program was built with. */
export const builtInFormulary: readonly FormularyEntry[] = formularyRows.map(entryOf);

/** A published formulary as it was stored, also the first edition, which came as rows; undefined when it is none. */
export function readFormulary(content: unknown): readonly FormularyEntry[] | undefined {
  if (!Array.isArray(content)) return undefined;
  return content.map((one: FormularyRow | FormularyEntry) => (isRow(one) ? entryOf(one) : one));
}

const isRow = (one: FormularyRow | FormularyEntry): one is FormularyRow => Array.isArray(one);

/** How it is mostly taken, in words: `常用每日 2.5–10 mg，1 次`. */
export function printUsual({ usual, times, unit }: FormularyEntry): string {
  if (usual === '') return '';
  const amount = /[a-zµ片]\s*$|[a-zµ]\s|[\u4e00-\u9fff]/i.test(usual)
    ? usual
    : `${usual} ${unit === 'tab' ? '片' : unit}`;
  const often = /^[0-9–\s/]+$/.test(times) ? `每日 ${times.trim()} 次` : times;
  return `常用${amount}${often ? `，${often}` : ''}`;
}
