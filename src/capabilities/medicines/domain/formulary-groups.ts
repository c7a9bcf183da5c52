import { findMedicine, medicines } from '#clinical/medicines/formulary.ts';

/** Shelves a formulary is looked through by, each with the ATC chapters that stand on it. */
const shelves: readonly (readonly [title: string, chapters: readonly string[]])[] = [
  ['降压药', ['C02', 'C03', 'C07', 'C08', 'C09', 'G04']],
  ['降糖药', ['A10']],
  ['调脂药', ['C10']],
  ['呼吸系统用药', ['R03', 'R05', 'H02']],
  ['抗血小板与抗凝药', ['B01']],
  ['心脏用药', ['C01']],
  ['降尿酸与止痛药', ['M01', 'M04']],
];

/** Shelf of a medicine; one without an ATC code stands beside the others of its class. */
export function shelfOf(code: string): string {
  const medicine = findMedicine(code);
  const [family] = medicine?.classes ?? [];
  const atc = medicine?.atc ?? medicines.find((one) => one.atc && one.classes[0] === family)?.atc ?? '';
  return shelves.find(([, chapters]) => chapters.includes(atc.slice(0, 3)))?.[0] ?? '其他';
}

/** The shelves in the order they are shown. */
export const shelfTitles: readonly string[] = [...shelves.map(([title]) => title), '其他'];
