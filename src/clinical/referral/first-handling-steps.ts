import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { ReferralTopic } from './referral-topics.ts';

/** One thing to do before or while the person is on the way, in the words in which it is written down once done. */
export interface HandlingStep {
  readonly code: string;
  readonly done: string;
  /** What has to hold, where it is not for everybody. */
  readonly provided?: string;
}

const everybody: readonly HandlingStep[] = [
  { code: 'call-120', done: '已拨打120' },
  { code: 'call-house', done: '已电话告知接收机构' },
  { code: 'vital-signs', done: '已测血压、脉搏、呼吸、血氧，看过神志' },
  { code: 'watched', done: '已安置休息，专人看护' },
];
const glucose: HandlingStep = { code: 'glucose', done: '已测血糖' };
const electrocardiogram: HandlingStep = { code: 'electrocardiogram', done: '已做心电图' };
const keepPressure: HandlingStep = { code: 'keep-pressure', done: '未经医嘱没有降血压' };

/** Each dose by itself: what is ticked is what was given. */
const oralPressure: readonly HandlingStep[] = [
  '卡托普利12.5毫克',
  '卡托普利25毫克',
  '酒石酸美托洛尔25毫克',
].map((dose, index) => ({
  code: `oral-pressure-${index + 1}`,
  done: `已口服${dose}`,
  provided: '≥180/110、没有心脑肾急性症状；1小时后复测；禁止舌下含服硝苯地平',
}));

const byTopic: Readonly<Partial<Record<ReferralTopic, readonly HandlingStep[]>>> = {
  consciousness: [{ code: 'airway', done: '已侧卧、清理口腔，保持气道通畅' }, glucose, keepPressure],
  stroke: [{ code: 'onset', done: '已记录发病时间（最后正常的时间）' }, glucose, keepPressure],
  chest: [electrocardiogram, { code: 'onset', done: '已记录发病时间（最后正常的时间）' }],
  'low-glucose': [
    { code: 'sugar', done: '已口服葡萄糖15–20克，15分钟后复测', provided: '清醒、能吞咽' },
    { code: 'sugar-intravenous-20', done: '已静脉注射50%葡萄糖20毫升', provided: '不清醒' },
    { code: 'sugar-intravenous-40', done: '已静脉注射50%葡萄糖40毫升', provided: '不清醒' },
  ],
  glucose: [glucose, { code: 'ketones', done: '已查血酮或尿酮' }],
  pressure: oralPressure,
  breath: [{ code: 'oxygen', done: '已吸氧，血氧保持在88–92%', provided: '慢阻肺、血氧低于88%' }],
};

/** What to do first by what a referral is about. */
export const firstHandlingSteps = parameter({
  id: 'REF-02.steps',
  label: '急诊转诊的初步处理清单',
  rows: [
    {
      from: plainDate('2025-09-01'),
      value: { everybody, byTopic },
      source: 'OWN',
      clause: '平台默认：急诊转诊初步处理，依基层指南各节归并',
      certainty: 'own-default',
    },
  ],
});
