import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listFirstHandling } from '#clinical/referral/list-first-handling.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { referralLengths } from './check-asked.ts';
import { isWritten, toggleStep } from './handling-text.ts';

const listed = listFirstHandling({ reason: '收缩压 186 mmHg，血氧 86%，低血糖。' }, plainDate('2026-11-24'));
const steps = listed.kind === 'decided' ? listed.value.steps : [];
const [call, house] = steps;
const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`);

it('writes a step with its minute behind what was typed, and takes only that out again', () => {
  if (!call || !house) throw new Error('steps');
  const typed = '平卧';
  const once = toggleStep(typed, call, at('14:05'));
  expect(once).toBe('平卧。14:05 已拨打120。');
  const twice = toggleStep(once, house, at('14:07'));
  expect(twice).toBe('平卧。14:05 已拨打120。14:07 已电话告知接收机构。');
  expect(isWritten(twice, call)).toBe(true);
  expect(toggleStep(twice, call, at('14:09'))).toBe('平卧。14:07 已电话告知接收机构。');
});

it('reads a step that was typed by hand as done', () => {
  if (!call) throw new Error('steps');
  expect(isWritten('14时已拨打120，等车', call)).toBe(true);
  expect(toggleStep('已拨打120', call, at('14:05'))).toBe('');
});

it('leaves a text alone that has no room', () => {
  if (!call) throw new Error('steps');
  const full = '护'.repeat(referralLengths.firstHandling - 5);
  expect(toggleStep(full, call, at('14:05'))).toBe(full);
});

it('never says of one step what another says, and any order of ticking taken back leaves what was typed', () => {
  expect(steps.length).toBeGreaterThan(5);
  for (const one of steps)
    expect(steps.filter((other) => isWritten(toggleStep('', one, at('08:00')), other))).toEqual([one]);
  fc.assert(
    fc.property(fc.shuffledSubarray([...steps]), fc.shuffledSubarray([...steps]), (done, order) => {
      const all = done.reduce((text, step) => toggleStep(text, step, at('08:00')), '平卧。');
      expect(steps.filter((step) => isWritten(all, step)).length).toBe(done.length);
      const back = [...order, ...done].filter(
        (step, at, list) => list.indexOf(step) === at && done.includes(step),
      );
      expect(back.reduce((text, step) => toggleStep(text, step, at('08:01')), all)).toBe('平卧。');
    }),
  );
});
