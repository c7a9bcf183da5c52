import { type Condition, conditionLabels } from '#clinical/conditions.ts';
import { findReadingKind, orderableTests } from '#standards/measurements/reading-kinds.ts';
import { findBox } from './flow-boxes.ts';
import { type History, printHistory } from './history-parts.ts';

interface Step {
  readonly box: string;
  readonly content: Readonly<Record<string, unknown>>;
}

const decisions: Readonly<Record<string, string>> = { confirm: '确诊', suspect: '疑似', exclude: '不成立' };
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const list = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);

/** Readings in one line: 收缩压 168 mmHg、舒张压 102 mmHg. */
function printReadings(content: Step['content']): string {
  return list<{ kind: string; value: number }>(content.readings)
    .map((one) => {
      const known = findReadingKind(one.kind);
      return known
        ? `${known.label} ${one.value} ${known.shown}`
        : one.kind === 'bmi'
          ? `体质指数 ${one.value}`
          : '';
    })
    .filter((one) => one !== '')
    .join('、');
}

const testLabel = (code: string) => orderableTests.find((one) => one.code === code)?.label ?? code;

/**
 * The national encounter note of a visit, drawn from what was written on its way: subjective, objective, assessment and
 * plan. What nobody wrote is said to be missing, never made up.
 */
export function noteOfVisit(steps: readonly Step[]) {
  const [subjective, objective, assessment, plan]: string[][] = [[], [], [], []] as never;
  for (const { box, content } of steps) {
    if (text(content.question)) subjective?.push(`来访事由：${text(content.question)}`);
    for (const one of list<{ on: string; text: string }>(content.information))
      subjective?.push(`${one.on} ${text(one.text)}`);
    if (content.section === 'history')
      subjective?.push(printHistory((content.history ?? {}) as History), text(content.text));
    if (text(content.pressureText)) objective?.push(text(content.pressureText));
    if (text(content.pressureRefusal)) objective?.push(`首诊未测血压：${text(content.pressureRefusal)}`);
    if (content.section === 'examination' || content.section === 'tests') {
      objective?.push(printReadings(content), text(content.text));
      for (const one of list<{ code: string; text: string }>(content.results))
        objective?.push(`${testLabel(one.code)}：${text(one.text)}`);
      const orders = list<string>(content.orders);
      if (orders.length > 0) plan?.push(`检查：${orders.map(testLabel).join('、')}`);
    }
    if (content.section === 'diagnosis') {
      const label = conditionLabels[content.condition as Condition] ?? text(content.condition);
      const why = list<string>(content.reasons).join('');
      assessment?.push(`${label}：${decisions[text(content.decision)] ?? ''}。${why}${text(content.note)}`);
    }
    const stability = content.stability as { state?: string; reasons?: string[] } | undefined;
    if (stability)
      assessment?.push(
        `病情${stability.state === 'stable' ? '稳定' : '未稳定'}。${list<string>(stability.reasons).join('')}`,
      );
    if (box === 'B7' && text(content.reason))
      plan?.push(
        `初步处理：${text(content.firstHandling)}；转诊至${text(content.toDepartment)}：${text(content.reason)}`,
      );
    if (typeof content.planVersion === 'number') plan?.push(`管理方案第 ${content.planVersion} 版`);
    if (typeof content.keeps === 'number') plan?.push(`维持管理方案第 ${content.keeps} 版`);
    if (text(content.nextOn)) plan?.push(`下次日期 ${text(content.nextOn)}`);
    if (text(content.note)) plan?.push(`${findBox(box)?.label ?? ''}：${text(content.note)}`);
    if (box === 'C4') plan?.push('由村卫生室随访');
  }
  const join = (parts: string[] | undefined) =>
    (parts ?? [])
      .filter((one) => one !== '')
      .join('；')
      .slice(0, 2000) || '未记录';
  return {
    subjective: join(subjective),
    objective: join(objective),
    assessment: join(assessment),
    plan: join(plan),
  };
}
