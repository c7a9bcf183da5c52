import { expect, it } from 'vitest';
import { printSex } from './print-sex.ts';

it.each([
  ['1', '男'],
  ['2', '女'],
  ['0', '性别不详'],
  ['9', '性别不详'],
  ['', '性别不详'],
])('prints %s as %s', (code, printed) => {
  expect(printSex(code)).toBe(printed);
});
