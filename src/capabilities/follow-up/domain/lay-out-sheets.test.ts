import { expect, it } from 'vitest';
import { layOutSheets } from './lay-out-sheets.ts';

const laidOut = (...editions: string[]) =>
  layOutSheets(
    editions.map((formEdition, at) => ({ formEdition, at })),
    (formEdition) => ({ '2017': 4, '2026': 2 })[formEdition] ?? Number.POSITIVE_INFINITY,
  ).map((sheet) => [sheet.formEdition, sheet.visits.map((one) => one.at)]);

it('puts four visits on a sheet, no two editions on one, and leaves out none', () => {
  expect(laidOut()).toEqual([]);
  expect(laidOut('2017', '2017', '2017', '2017', '2017')).toEqual([
    ['2017', [0, 1, 2, 3]],
    ['2017', [4]],
  ]);
  expect(laidOut('2017', '2026', '2026', '2026', '1999', '1999', '2017')).toEqual([
    ['2017', [0]],
    ['2026', [1, 2]],
    ['2026', [3]],
    ['1999', [4, 5]],
    ['2017', [6]],
  ]);
});
