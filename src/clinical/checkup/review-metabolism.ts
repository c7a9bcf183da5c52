import { rowOn, valueOn } from '#kernel/dated.ts';
import type { Decision } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { diagnosisGlucose } from '../diabetes/diabetes-parameters.ts';
import { generalHba1cGoal, glucoseCrisisLimits } from '../diabetes/follow-up-parameters.ts';
import { crisisLimit } from '../hypertension/follow-up-parameters.ts';
import { gradePressure, pressureCategoryLabels } from '../hypertension/grade-pressure.ts';
import { judgeLipids } from '../lipids/judge-lipids.ts';
import { judgeWeight, weightClassLabels } from '../obesity/judge-weight.ts';
import type { CheckupFacts, CheckupFinding } from './checkup-facts.ts';
import { recheckTimes } from './checkup-parameters.ts';

const because = (decision: Decision<unknown>, only?: (code: string) => boolean) => ({
  ruleId: decision.rule.id,
  clause: decision.rule.clause,
  reason:
    decision.kind === 'decided'
      ? decision.reasons
          .filter((one) => !only || only(one.code))
          .map((one) => one.text)
          .join('')
      : '',
});

/** What the blood pressure of the checkup says; a known patient is "not controlled", another one "suspected". */
export function reviewPressure(facts: CheckupFacts, day: PlainDate): CheckupFinding[] {
  const graded = gradePressure({ sbp: facts.sbp, dbp: facts.dbp }, day);
  if (graded.kind === 'undecided') return [];
  const { category } = graded.value;
  if (category === 'normal') return [];
  const times = valueOn(recheckTimes, day);
  const crisis = valueOn(crisisLimit, day);
  const shown = `血压 ${facts.sbp}/${facts.dbp} mmHg`;
  const source = because(graded);
  if ((facts.sbp ?? 0) >= crisis.sbp || (facts.dbp ?? 0) >= crisis.dbp)
    return [
      {
        ...source,
        code: 'pressure-crisis',
        label: `${shown}，达到紧急处理界值`,
        level: 'urgent',
        guidance: ['3'],
        action: { kind: 'refer', what: '血压达到紧急处理界值，当日处理并转诊', withinDays: times.atOnce },
        plain: `您的血压是 ${facts.sbp}/${facts.dbp}，已经高到危险的程度。`,
        advice: '请今天就去医院看，不要自己加药，路上有人陪同；有头痛、胸痛、说话不清时马上打120。',
      },
    ];
  if (category === 'high-normal')
    return [
      {
        ...source,
        code: 'pressure-high-normal',
        label: `${shown}，正常高值`,
        level: 'note',
        guidance: [],
        plain: `您的血压是 ${facts.sbp}/${facts.dbp}，比理想的高一点，还不是高血压。`,
        advice: '少吃盐、少喝酒、多走动，半年内再量一次血压。',
      },
    ];
  const known = facts.known.includes('hypertension');
  return [
    {
      ...source,
      code: known ? 'pressure-not-controlled' : 'pressure-raised',
      label: known
        ? `${shown}，血压控制不满意`
        : `${shown}，${pressureCategoryLabels[category]}水平，高血压待确诊`,
      level: 'abnormal',
      guidance: ['2'],
      action: known
        ? { kind: 'recheck', what: '血压控制不满意，2周内复查', withinDays: times.soon }
        : {
            kind: 'suspect',
            what: '4周内另选两个不同日复测血压，明确是否高血压',
            withinDays: times.month,
            condition: 'hypertension',
          },
      plain: known
        ? `您的血压是 ${facts.sbp}/${facts.dbp}，还没有控制好。`
        : `您的血压是 ${facts.sbp}/${facts.dbp}，偏高，需要换日子再量才能确定。`,
      advice: known
        ? '按时吃药，少吃盐，两周内来复查。'
        : '一个月内另找两天来量血压；这段时间少吃盐、不熬夜。',
    },
  ];
}

/** What fasting glucose and HbA1c say. */
export function reviewGlucose(facts: CheckupFacts, day: PlainDate): CheckupFinding[] {
  const row = rowOn(diagnosisGlucose, day);
  const limit = row.value;
  const times = valueOn(recheckTimes, day);
  const crisis = valueOn(glucoseCrisisLimits, day);
  const { fpg, hba1c } = facts;
  const shown = [
    fpg === undefined ? '' : `空腹血糖 ${fpg} mmol/L`,
    hba1c === undefined ? '' : `糖化血红蛋白 ${hba1c}%`,
  ]
    .filter(Boolean)
    .join('、');
  const source = { ruleId: 'DM-03', clause: row.clause, reason: `${shown}。` };
  if (fpg !== undefined && (fpg >= crisis.high || fpg <= crisis.low))
    return [
      {
        ...source,
        ruleId: 'DM-18-crisis',
        code: 'glucose-crisis',
        label: `${shown}，达到危急值`,
        level: 'urgent',
        guidance: ['3'],
        action: { kind: 'refer', what: '血糖达到危急值，当日处理并转诊', withinDays: times.atOnce },
        plain: `您的空腹血糖是 ${fpg}，已到危险的程度。`,
        advice: '请今天就去医院看。',
      },
    ];
  const known = facts.known.includes('type-2-diabetes');
  if (known) {
    const high =
      (fpg !== undefined && fpg >= limit.fpg) ||
      (hba1c !== undefined && hba1c >= valueOn(generalHba1cGoal, day));
    return high
      ? [
          {
            ...source,
            code: 'glucose-not-controlled',
            label: `${shown}，血糖控制不满意`,
            level: 'abnormal',
            guidance: ['2'],
            action: { kind: 'recheck', what: '血糖控制不满意，2周内复查', withinDays: times.soon },
            plain: '您的血糖还没有控制好。',
            advice: '按时吃药，主食定量，少吃甜食，两周内来复查血糖。',
          },
        ]
      : [];
  }
  if ((fpg !== undefined && fpg >= limit.fpg) || (hba1c !== undefined && hba1c >= limit.hba1c))
    return [
      {
        ...source,
        code: 'glucose-raised',
        label: `${shown}，糖尿病待确诊`,
        level: 'abnormal',
        guidance: ['2'],
        action: {
          kind: 'suspect',
          what: '另日复测空腹血糖或做葡萄糖负荷试验、糖化血红蛋白',
          withinDays: times.soon,
          condition: 'type-2-diabetes',
        },
        plain: `您的血糖偏高（${shown}），要再查一次才能确定是不是糖尿病。`,
        advice: '两周内空腹来抽血复查；先少吃甜食和精米白面。',
      },
    ];
  if (fpg !== undefined && fpg >= limit.impairedFasting)
    return [
      {
        ...source,
        code: 'fasting-glucose-impaired',
        label: `${shown}，空腹血糖受损`,
        level: 'abnormal',
        guidance: ['2'],
        action: { kind: 'recheck', what: '空腹血糖受损，做葡萄糖负荷试验或复查', withinDays: times.quarter },
        plain: `您的空腹血糖是 ${fpg}，比正常高，还没到糖尿病。`,
        advice: '控制体重、多走路、少吃甜食，三个月内复查血糖。',
      },
    ];
  return [];
}

/** What the lipids say. */
export function reviewLipids(facts: CheckupFacts, day: PlainDate): CheckupFinding[] {
  const judged = judgeLipids(facts, day);
  if (judged.kind === 'undecided') return [];
  const { ldl, totalCholesterol, triglycerides, nonHdl, hdlLow, pancreatitisRisk } = judged.value;
  const high = [ldl, totalCholesterol, triglycerides, nonHdl].includes('high');
  if (!high && !hdlLow) return [];
  const times = valueOn(recheckTimes, day);
  const source = because(
    judged,
    (code) => code.endsWith('-high') || code === 'hdl-low' || code === 'pancreatitis',
  );
  return [
    {
      ...source,
      code: pancreatitisRisk ? 'triglycerides-very-high' : 'lipids-abnormal',
      label: source.reason.replace(/。$/, '').replaceAll('。', '；').slice(0, 120),
      level: pancreatitisRisk ? 'urgent' : 'abnormal',
      guidance: pancreatitisRisk ? ['3'] : ['2'],
      action: pancreatitisRisk
        ? { kind: 'refer', what: '甘油三酯很高，有胰腺炎风险，转诊处理', withinDays: times.soon }
        : { kind: 'recheck', what: '血脂异常，3个月内复查', withinDays: times.quarter },
      plain: '您的血脂不正常。',
      advice: '少吃肥肉、油炸和动物内脏，多吃蔬菜杂粮，每天走路；三个月内复查，需不需要吃药请听医生的。',
    },
  ];
}

/** What the weight and the waist say. */
export function reviewWeight(facts: CheckupFacts, day: PlainDate): CheckupFinding[] {
  const judged = judgeWeight({ bmi: facts.bmi, waistCm: facts.waistCm, sex: facts.sex }, day);
  if (judged.kind === 'undecided') return [];
  const { weight, waist } = judged.value;
  if (weight === 'normal' && waist !== 'central') return [];
  const tooLight = weight === 'underweight';
  return [
    {
      ...because(judged),
      code: tooLight ? 'underweight' : weight === 'normal' ? 'central-obesity' : weight,
      label:
        weight === 'normal'
          ? `腰围 ${facts.waistCm} cm，中心性肥胖`
          : `体质指数 ${facts.bmi}，${weightClassLabels[weight]}`,
      level: 'note',
      guidance: [],
      plain: tooLight ? '您的体重偏轻。' : '您的体重或腰围超过了健康范围。',
      advice: tooLight
        ? '每天保证鸡蛋、牛奶、豆制品和瘦肉；近期无故消瘦请就医。'
        : '饭吃七八分饱，每天走路半小时以上，慢慢把体重减下来。',
    },
  ];
}
