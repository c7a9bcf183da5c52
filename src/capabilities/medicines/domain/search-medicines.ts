import { bareName } from '#clinical/medicines/recognize-medicine.ts';
import type { FormularyEntry } from './formulary-entry.ts';

/** A medicine that fits what was typed. */
export interface FoundMedicine {
  readonly entry: FormularyEntry;
  /** The place does not have it: it comes last and can be recorded all the same. */
  readonly isLacking: boolean;
}

/**
 * Medicines of the formulary by pinyin initials or a piece of the name: what the place has before what it lacks, what begins
 * so before what only holds it, the shorter name before the longer; otherwise in the order of the formulary.
 */
export function searchMedicines(
  formulary: readonly FormularyEntry[],
  typed: string,
  lacking: ReadonlySet<string>,
  limit = 30,
): readonly FoundMedicine[] {
  const wanted = typed.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  if (wanted === '') return [];
  const rankOf = /^[a-z0-9]+$/.test(wanted) ? rankByInitials : rankByName;
  return formulary
    .flatMap((entry) => {
      const rank = rankOf(entry, wanted);
      return rank === undefined ? [] : [{ entry, isLacking: lacking.has(entry.code), rank }];
    })
    .toSorted(
      (a, b) =>
        Number(a.isLacking) - Number(b.isLacking) ||
        a.rank - b.rank ||
        a.entry.initials.length - b.entry.initials.length,
    )
    .slice(0, limit)
    .map(({ entry, isLacking }) => ({ entry, isLacking }));
}

function rankByInitials({ initials, name }: FormularyEntry, wanted: string): number | undefined {
  const words = initials.split(' ');
  if (words.includes(wanted)) return 0;
  if (words.some((word) => word.startsWith(wanted))) return 1;
  if (words.some((word) => word.includes(wanted))) return 2;
  return plain(name).includes(wanted) ? 3 : undefined;
}

/** Also as it stands on a box: the salt before it and the form behind it set aside. */
function rankByName({ name }: FormularyEntry, wanted: string): number | undefined {
  const own = plain(name);
  if (own === wanted) return 0;
  if (own.startsWith(wanted)) return 1;
  if (own.includes(wanted)) return 2;
  const bare = bareName(wanted).toLowerCase();
  return bare.length >= 2 && bare !== wanted && own.includes(bare) ? 3 : undefined;
}

const plain = (name: string) => name.normalize('NFKC').replace(/\s/g, '').toLowerCase();
