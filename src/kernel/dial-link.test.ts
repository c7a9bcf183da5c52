import { expect, it } from 'vitest';
import { dialLink } from './dial-link.ts';

it.each([
  ['13900001234', 'tel:13900001234'],
  ['0571-8888 6666', 'tel:057188886666'],
  ['１３９００００１２３４', 'tel:13900001234'],
  ['+86 139 0000 1234', 'tel:+8613900001234'],
  ['120', 'tel:120'],
])('dials %s', (written, link) => expect(dialLink(written)).toBe(link));

it.each(['199****4079', '〔密文打不开〕', '无', '', '12', '儿子家 13900001234', null, undefined])(
  'does not dial %s',
  (written) => expect(dialLink(written)).toBeUndefined(),
);
