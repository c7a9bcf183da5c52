import type { Program } from '#capabilities/residents/domain/program.ts';
import type { CodeOption, FormField } from '#kernel/form-shape.ts';

type CodesField = FormField & { readonly kind: 'codes' };

/** One list of options asked once, and how its codes stand on each programme's own sheet. */
export interface MergedOptions {
  readonly options: readonly CodeOption[];
  /** The codes of a programme's sheet for these merged codes, and the labels its list does not have. */
  toSheet(program: Program, merged: readonly string[]): { codes: string[]; foreign: string[] };
  /** The merged codes for these of a programme's sheet. */
  fromSheet(program: Program, codes: readonly string[]): string[];
}

/** Labels that mean the same on two sheets; the first is shown. */
const sameMeaning: Readonly<Record<string, string>> = {
  下肢浮肿: '下肢水肿',
  意识改变: '意识或行为改变',
};

const meaningOf = (label: string) => sameMeaning[label] ?? label;

/** Code of 无症状 and of 其他 in a merged list. */
export const noneCode = '1';
export const otherCode = '99';

/**
 * Puts the options of several sheets into one list, each meaning once, in the order of the sheets. Exclusive options of
 * the sheets become one, as does 其他; both keep fixed codes.
 */
export function mergeOptions(sheets: readonly { program: Program; field: CodesField }[]): MergedOptions {
  const own = new Map<Program, Map<string, string>>();
  const meanings: string[] = [];
  for (const { program, field } of sheets) {
    const codes = new Map<string, string>();
    for (const option of field.options) {
      const isOther = field.needsText?.[option.code] !== undefined;
      const meaning = field.exclusive.includes(option.code)
        ? noneCode
        : isOther
          ? otherCode
          : meaningOf(option.label);
      codes.set(meaning, option.code);
      if (!meanings.includes(meaning)) meanings.push(meaning);
    }
    own.set(program, codes);
  }
  const named = meanings.filter((meaning) => meaning !== noneCode && meaning !== otherCode);
  const mergedCode = new Map(named.map((meaning, index) => [String(index + 2), meaning]));
  const exclusive = sheets.flatMap(({ field }) =>
    field.options.filter((o) => field.exclusive.includes(o.code)),
  )[0];
  return {
    options: [
      ...(exclusive ? [{ code: noneCode, label: exclusive.label }] : []),
      ...[...mergedCode].map(([code, label]) => ({ code, label })),
      ...(meanings.includes(otherCode) ? [{ code: otherCode, label: '其他' }] : []),
    ],
    toSheet(program, merged) {
      const codes: string[] = [];
      const foreign: string[] = [];
      for (const code of merged) {
        const meaning = mergedCode.get(code) ?? code;
        const ownCode = own.get(program)?.get(meaning);
        if (ownCode !== undefined) codes.push(ownCode);
        else if (mergedCode.has(code)) foreign.push(meaning);
      }
      return { codes, foreign };
    },
    fromSheet(program, codes) {
      const meanings = new Map([...(own.get(program) ?? [])].map(([meaning, code]) => [code, meaning]));
      const codeOf = new Map([...mergedCode].map(([code, meaning]) => [meaning, code]));
      return codes.flatMap((code) => {
        const meaning = meanings.get(code);
        return meaning === undefined ? [] : [codeOf.get(meaning) ?? meaning];
      });
    },
  };
}
