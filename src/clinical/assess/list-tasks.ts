import { rowOn, valueOn } from '#kernel/dated.ts';
import { inOrder } from '#kernel/in-order.ts';
import { addDays } from '#kernel/plain-date.ts';
import type { DueTask } from './assessment.ts';
import { engineTimes } from './engine-parameters.ts';
import { listExaminations } from './list-examinations.ts';
import type { Facts } from './read-facts.ts';
import { taskOf } from './task-of.ts';

/** What is due and until when besides the visits: screening, laboratory, checkup, spirometry, vaccine, medicine. */
export function listTasks(facts: Facts, visits: readonly DueTask[]): DueTask[] {
  const tasks: DueTask[] = [...visits, ...listExaminations(facts)];
  addRefills(facts, tasks);
  return inOrder(tasks, byDay);
}

const byDay = (a: DueTask, b: DueTask) =>
  a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.label < b.label ? -1 : a.label > b.label ? 1 : 0;

function addRefills(facts: Facts, tasks: DueTask[]): void {
  const { day } = facts;
  for (const { name, suppliedTo } of facts.record.medicines) {
    if (suppliedTo === undefined) continue;
    const times = rowOn(engineTimes, day);
    const from = addDays(suppliedTo, -valueOn(engineTimes, day).refillDays);
    if (from <= day)
      tasks.push(
        taskOf('refill', `取药：${name}`, from, suppliedTo, day, `药用到 ${suppliedTo}`, 'ADH-02', times),
      );
  }
}
