import { defineRule } from '../rule-definition.ts';
import { findStrokeReferral, type StrokeReferralFacts } from './find-stroke-referral.ts';
import { carotidLimit } from './stroke-parameters.ts';

const stable: StrokeReferralFacts = {
  newDeficit: false,
  seizure: false,
  aspiration: false,
  carotidStenosisPercent: 49,
  carotidSymptomatic: true,
};

const found = (title: string, more: StrokeReferralFacts, value: boolean, reason: string) => ({
  title,
  given: { ...stable, ...more },
  expect: { value, reasons: [reason] },
});

export const findStrokeReferralRule = defineRule<StrokeReferralFacts>({
  id: 'STK-03-refer',
  title: '卒中后转诊',
  track: 'clinical',
  edition: 'OWN',
  clause: '缺血性与出血性脑卒中二级预防（指南待登记）',
  certainty: 'from-knowledge',
  summary: '卒中后出现新的神经功能缺损、癫痫发作、吞咽困难误吸，或症状侧颈动脉狭窄≥50%，任一项即转诊。',
  parameters: [carotidLimit],
  file: 'src/clinical/stroke/find-stroke-referral.ts',
  pendingSignOff: '待临床专家核对原文',
  decide: findStrokeReferral,
  cases: [
    found('稳定：不转诊', {}, false, 'none'),
    found('新的缺损：转诊', { newDeficit: true }, true, 'new-deficit'),
    found('癫痫发作：转诊', { seizure: true }, true, 'seizure'),
    found('误吸：转诊', { aspiration: true }, true, 'aspiration'),
    found('症状侧狭窄 50%：转诊', { carotidStenosisPercent: 50 }, true, 'carotid'),
    found(
      '非症状侧狭窄 60%：不因此转诊',
      { carotidStenosisPercent: 60, carotidSymptomatic: false },
      false,
      'none',
    ),
    {
      title: '只知道有癫痫发作：也转诊',
      given: { seizure: true },
      expect: { value: true, reasons: ['seizure'] },
    },
    {
      title: '没有查颈动脉：不下结论',
      given: { ...stable, carotidStenosisPercent: undefined },
      expect: { missing: ['颈动脉狭窄程度'] },
    },
    {
      title: '狭窄 60% 不知哪一侧：不下结论',
      given: { ...stable, carotidStenosisPercent: 60, carotidSymptomatic: undefined },
      expect: { missing: ['颈动脉狭窄是否在症状侧'] },
    },
  ],
});
