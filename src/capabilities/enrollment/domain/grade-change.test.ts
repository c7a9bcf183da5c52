import { expect, it } from 'vitest';
import { reasonsOfGrade } from './grade-change.ts';

const says = (program: 'hypertension' | 'type-2-diabetes', ...texts: string[]) => ({
  program,
  reasons: texts.map((text) => ({ code: 'said', text })),
});
const textOf = (...diseases: ReturnType<typeof says>[]) =>
  reasonsOfGrade({ diseases, reasons: [{ code: 'tier', text: '每 14 天随访一次。' }] })
    .map((one) => one.text)
    .join('');

it('a grade of several diseases says which of them each reason is of; a grade of one need not', () => {
  const pressure = says('hypertension', '达标 6 个月且无事件。');
  expect(textOf(pressure, says('type-2-diabetes', '糖化 8.3%。', '65 岁。'))).toBe(
    '高血压：达标 6 个月且无事件。2型糖尿病：糖化 8.3%。65 岁。每 14 天随访一次。',
  );
  expect(textOf(pressure)).toBe('达标 6 个月且无事件。每 14 天随访一次。');
  expect(textOf(pressure, says('type-2-diabetes'))).toBe('高血压：达标 6 个月且无事件。每 14 天随访一次。');
});
