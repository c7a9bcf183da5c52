import { rowOn, valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { estimateFiltration } from '../kidney/estimate-filtration.ts';
import type { CheckupFacts, CheckupFinding } from './checkup-facts.ts';
import { farBeyondRange, recheckTimes, saturationLimits } from './checkup-parameters.ts';
import { compareWithReference } from './compare-with-reference.ts';

/** What the laboratory values outside their interval, the kidney and the urine say. */
export function reviewLaboratory(facts: CheckupFacts, day: PlainDate): CheckupFinding[] {
  const times = valueOn(recheckTimes, day);
  const found: CheckupFinding[] = [];
  const compared = compareWithReference({ values: facts.laboratory, sex: facts.sex }, day);
  if (compared.kind === 'decided') {
    compared.value.forEach((out, index) => {
      const reason = compared.reasons[index]?.text ?? '';
      const serious = out.side === 'high' && out.ratio >= valueOn(farBeyondRange, day);
      found.push({
        code: `${out.item}-${out.side}`,
        label: reason.replace(/（.*$/, ''),
        reason,
        ruleId: compared.rule.id,
        clause: compared.rule.clause,
        level: serious ? 'urgent' : 'abnormal',
        guidance: serious ? ['3'] : ['2'],
        action: serious
          ? { kind: 'refer', what: `${out.name}明显升高，转诊查因`, withinDays: times.soon }
          : {
              kind: 'recheck',
              what: `${out.name}${out.side === 'low' ? '偏低' : '偏高'}，复查`,
              withinDays: times.quarter,
            },
        plain: `${out.name}${out.side === 'low' ? '偏低' : '偏高'}。`,
        advice: serious ? '请在两周内到上级医院看。' : '三个月内到卫生院复查一次，带上这张单子。',
      });
    });
  }
  const filtration = estimateFiltration(
    { creatinine: facts.creatinine, ageYears: facts.ageYears, sex: facts.sex },
    day,
  );
  if (filtration.kind === 'decided' && !['G1', 'G2'].includes(filtration.value.stage)) {
    const late = ['G4', 'G5'].includes(filtration.value.stage);
    found.push({
      code: late ? 'filtration-very-low' : 'filtration-low',
      label: `血肌酐 ${facts.creatinine} μmol/L，肾小球滤过率约 ${filtration.value.shown}（${filtration.value.stage}期）`,
      reason: filtration.reasons[0]?.text ?? '',
      ruleId: filtration.rule.id,
      clause: filtration.rule.clause,
      level: late ? 'urgent' : 'abnormal',
      guidance: late ? ['3'] : ['2'],
      action: late
        ? { kind: 'refer', what: '肾功能明显减退，转诊肾内科', withinDays: times.soon }
        : { kind: 'recheck', what: '肾功能减退，复查肌酐和尿蛋白', withinDays: times.quarter },
      plain: '化验提示肾脏的工作能力下降。',
      advice: late
        ? '请两周内到上级医院肾内科看，不要自己吃止痛药和偏方。'
        : '三个月内复查；少吃盐，不乱吃止痛药和偏方。',
    });
  }
  if (facts.urinePositive.length > 0)
    found.push({
      code: 'urine-abnormal',
      label: `${facts.urinePositive.join('、')}阳性`,
      reason: `尿常规：${facts.urinePositive.join('、')}阳性。`,
      ruleId: 'CHK-02',
      clause: rowOn(recheckTimes, day).clause,
      level: 'abnormal',
      guidance: ['2'],
      action: { kind: 'recheck', what: '尿常规异常，复查', withinDays: times.soon },
      plain: `尿检查不正常（${facts.urinePositive.join('、')}）。`,
      advice: '两周内留早晨第一次中段尿复查。',
    });
  return found;
}

/** What the examinations, the heart, the lungs and the assessments of older people say. */
export function reviewExamination(facts: CheckupFacts, day: PlainDate): CheckupFinding[] {
  const times = valueOn(recheckTimes, day);
  const own = { ruleId: 'CHK-02', clause: rowOn(recheckTimes, day).clause };
  const found: CheckupFinding[] = [];
  const add = (
    holds: boolean | undefined,
    one: Pick<CheckupFinding, 'code' | 'label' | 'plain' | 'advice'> & {
      level?: CheckupFinding['level'];
      action?: CheckupFinding['action'];
    },
  ) => {
    if (!holds) return;
    const guidance = one.action?.kind === 'refer' ? (['3'] as const) : one.action ? (['2'] as const) : [];
    found.push({ ...own, reason: `${one.label}。`, level: 'abnormal', guidance, ...one });
  };
  const limit = valueOn(saturationLimits, day);
  const { spo2 } = facts;
  add(spo2 !== undefined && spo2 < limit.recheckBelow, {
    code: 'spo2-low',
    label: `血氧饱和度 ${spo2}%，偏低`,
    level: (spo2 ?? 100) < limit.referBelow ? 'urgent' : 'abnormal',
    action:
      (spo2 ?? 100) < limit.referBelow
        ? { kind: 'refer', what: '血氧偏低，复测确认后转诊', withinDays: times.atOnce }
        : { kind: 'recheck', what: '血氧偏低，复测', withinDays: times.soon },
    plain: `您的血氧是 ${spo2}%，偏低。`,
    advice: '觉得气短、嘴唇发紫时马上就医；请按医生说的时间复查。',
  });
  add(facts.absoluteArrhythmia, {
    code: 'absolute-arrhythmia',
    label: '心律绝对不齐，疑似心房颤动',
    action: { kind: 'refer', what: '心律绝对不齐，做心电图并转诊评估卒中风险', withinDays: times.soon },
    plain: '您的心跳很不整齐，可能是房颤，容易引起中风。',
    advice: '两周内到上级医院做心电图；突然口角歪斜、一侧没力时马上打120。',
  });
  add(facts.stoolBlood, {
    code: 'stool-blood',
    label: '大便潜血阳性',
    action: { kind: 'refer', what: '大便潜血阳性，转诊做胃肠检查', withinDays: times.month },
    plain: '大便里查出了看不见的血。',
    advice: '一个月内到医院做胃肠检查，早查早放心。',
  });
  add(facts.hepatitisB, {
    code: 'hepatitis-b',
    label: '乙型肝炎表面抗原阳性',
    action: { kind: 'recheck', what: '乙肝表面抗原阳性，查肝功能与病毒量', withinDays: times.quarter },
    plain: '乙肝表面抗原阳性。',
    advice: '到医院查肝功能和病毒量，每半年复查一次，不喝酒。',
  });
  const diabetic = facts.known.includes('type-2-diabetes');
  add(facts.footPulseWeak && diabetic, {
    code: 'foot-pulse-weak',
    label: '足背动脉搏动减弱或消失',
    action: { kind: 'refer', what: '足背动脉搏动异常，转诊评估下肢血管', withinDays: times.soon },
    plain: '您脚背的脉搏变弱了，说明脚上血流不好。',
    advice: '两周内到上级医院看；每天看看脚有没有破、有没有变色，不要烫脚。',
  });
  add(facts.legSwelling, {
    code: 'leg-swelling',
    label: '下肢水肿',
    action: { kind: 'recheck', what: '下肢水肿，查因', withinDays: times.soon },
    plain: '您的腿有些肿。',
    advice: '两周内请医生看看是心、肾还是静脉的问题。',
  });
  add((facts.dependence ?? 1) >= 2, {
    code: 'dependent',
    label: `生活自理能力：${['', '', '轻度依赖', '中度依赖', '不能自理'][facts.dependence ?? 1]}`,
    level: 'note',
    plain: '您在生活上需要别人帮忙。',
    advice: '请家人协助日常起居，注意防跌倒；需要时可申请上门服务。',
  });
  add(facts.cognitionPositive, {
    code: 'cognition-positive',
    label: '认知功能粗筛阳性',
    action: { kind: 'refer', what: '认知功能粗筛阳性，转诊进一步评估', withinDays: times.month },
    plain: '记性检查没有通过。',
    advice: '请家人陪同，一个月内到医院做进一步检查。',
  });
  add(facts.moodPositive, {
    code: 'mood-positive',
    label: '情感状态粗筛阳性',
    action: { kind: 'refer', what: '情感状态粗筛阳性，转诊进一步评估', withinDays: times.month },
    plain: '您最近的心情可能不太好。',
    advice: '多和家人邻居聊聊；一个月内到医院做个评估，有轻生想法时马上告诉家人。',
  });
  add(facts.hearingPoor, {
    code: 'hearing-poor',
    label: '听力下降',
    level: 'note',
    plain: '您的听力下降了。',
    advice: '可到医院配助听器。',
  });
  add(facts.movementPoor, {
    code: 'movement-poor',
    label: '运动功能下降',
    level: 'note',
    plain: '您的活动能力下降了。',
    advice: '注意防跌倒，家里装扶手、铺防滑垫。',
  });
  for (const one of facts.abnormalExaminations)
    add(true, {
      code: `${one.id}-abnormal`,
      label: `${one.name}：${one.seen || '异常'}`.slice(0, 120),
      action: {
        kind: 'recheck',
        what: `${one.name}异常，请医生确定复查时间或转诊`,
        withinDays: times.quarter,
      },
      plain: `${one.name}检查不正常${one.seen ? `（${one.seen}）` : ''}。`,
      advice: '带上检查单请医生看，按医生说的时间复查。',
    });
  return found;
}
