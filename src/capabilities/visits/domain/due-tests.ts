import type { DueTask } from '#clinical/assess/assessment.ts';
import { orderableTests } from '#standards/measurements/reading-kinds.ts';

/** Words of the engine's due examinations, by the test of the centre that answers them. */
const words: Readonly<Record<(typeof orderableTests)[number]['code'], readonly string[]>> = {
  glucose: ['血糖'],
  hba1c: ['糖化'],
  ogtt: [],
  lipids: ['血脂'],
  kidney: ['肾功能', '肌酐', '血钾'],
  acr: ['尿白蛋白肌酐比'],
  ecg: ['心电图'],
  retina: ['眼底'],
  foot: ['足', '神经'],
  spirometry: ['肺功能'],
  abpm: [],
};

/** Tests of the centre that are due by the schedules of target organs and complications, with why. */
export function dueTests(tasks: readonly DueTask[]): ReadonlyMap<string, string> {
  const due = new Map<string, string>();
  for (const task of tasks) {
    if (task.kind !== 'examination' && task.kind !== 'laboratory') continue;
    for (const { code } of orderableTests)
      if (words[code].some((word) => task.label.includes(word)))
        due.set(code, `${task.label}：${task.reason}`);
  }
  return due;
}
