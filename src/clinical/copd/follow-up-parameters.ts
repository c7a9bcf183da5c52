import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const from = plainDate('2024-09-13');
const own = { from, source: 'OWN', certainty: 'own-default' as const };
const norm = { from, source: 'COPD-PHS-2024', certainty: 'uncertain' as const };

/** On air below `onAir`; on oxygen below `onOxygen`, the floor of the oxygen goal. */
export const saturationCrisis = parameter({
  id: 'COPD-08.crisis-saturation',
  label: '危急血氧饱和度下限：未吸氧、吸氧时（低于即危急）',
  unit: '%',
  rows: [{ ...own, value: { onAir: 90, onOxygen: 88 }, clause: '急性加重分级：重度' }],
});

export const respiratoryRateCrisis = parameter({
  id: 'COPD-08.crisis-respiratory-rate',
  label: '危急呼吸频率（达到即危急）',
  unit: '次/分',
  rows: [{ ...own, value: 30, clause: '急性加重分级：重度' }],
});

/** A change from the last visit that makes this one unstable. */
export const unstableChange = parameter({
  id: 'COPD-10.unstable-change',
  label: '不稳定：CAT较上次升高、血氧较上次下降，达到即算；CAT须达到症状较多的分数',
  rows: [{ ...own, value: { catRise: 2, catAtLeast: 10, saturationDrop: 3 }, clause: '平台默认：随访评价' }],
});

/** How many of breathlessness, more sputum, changed sputum make an exacerbation. */
export const exacerbationSymptoms = parameter({
  id: 'COPD-10.exacerbation-symptoms',
  label: '呼吸困难、痰量增加、痰色或粘度改变中几项同时出现按急性加重处理',
  unit: '项',
  rows: [{ ...own, value: 3, clause: '平台默认：急性加重提示' }],
});

export const copdRecheckDays = parameter({
  id: 'COPD-10.recheck-days',
  label: '控制不满意、不良反应、急性加重或转诊后的最迟随访天数',
  unit: '天',
  rows: [{ ...norm, value: 14, clause: '慢阻肺患者健康服务规范 分类干预（参照两慢病，原文未读到）' }],
});

export const copdRoutineDays = parameter({
  id: 'COPD-10.routine-days',
  label: '稳定时建议的下次随访间隔',
  unit: '天',
  rows: [{ ...norm, value: 90, clause: '慢阻肺患者健康服务规范 每年至少4次随访' }],
});

export const copdLongestRoutineDays = parameter({
  id: 'COPD-10.longest-routine-days',
  label: '稳定时最长的下次随访间隔',
  unit: '天',
  rows: [{ ...own, value: 100, clause: '平台默认：三个月另加几日' }],
});

export const copdReferAfterVisits = parameter({
  id: 'COPD-10.refer-after-visits',
  label: '连续多少次控制不满意或不良反应即建议转诊',
  unit: '次',
  rows: [{ ...norm, value: 2, clause: '慢阻肺患者健康服务规范 分类干预（参照两慢病，原文未读到）' }],
});

/** Every parameter of the follow-up chain. */
export const copdFollowUpParameters = [
  saturationCrisis,
  respiratoryRateCrisis,
  unstableChange,
  exacerbationSymptoms,
  copdRecheckDays,
  copdRoutineDays,
  copdLongestRoutineDays,
  copdReferAfterVisits,
] as const;
