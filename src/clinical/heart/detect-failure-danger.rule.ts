import { plausibleRanges } from '../cardiovascular-risk/china-par-parameters.ts';
import { defineRule } from '../rule-definition.ts';
import { detectFailureDanger, type FailureDangerFacts } from './detect-failure-danger.ts';
import { failureDanger, heartRanges } from './heart-parameters.ts';

const calm: FailureDangerFacts = { restDyspnoea: false, cannotLieFlat: false, spo2: 90, sbp: 90 };

const seen = (title: string, more: FailureDangerFacts, value: boolean, reason: string) => ({
  title,
  given: { ...calm, ...more },
  expect: { value, reasons: [reason] },
});

export const detectFailureDangerRule = defineRule<FailureDangerFacts>({
  id: 'HF-01-danger',
  title: '心力衰竭危急识别',
  track: 'clinical',
  edition: 'OWN',
  clause: '心力衰竭基层管理（指南待登记）',
  certainty: 'from-knowledge',
  summary: '心力衰竭患者静息呼吸困难、不能平卧、血氧低于90%，或收缩压低于90 mmHg并有症状，任一项即拨打120。',
  parameters: [failureDanger, heartRanges, plausibleRanges],
  file: 'src/clinical/heart/detect-failure-danger.ts',
  pendingSignOff: '待临床专家核对原文',
  decide: detectFailureDanger,
  cases: [
    seen('血氧 90、收缩压 90，没有症状：不是危急', {}, false, 'none'),
    seen('静息呼吸困难', { restDyspnoea: true }, true, 'rest-dyspnoea'),
    seen('不能平卧', { cannotLieFlat: true }, true, 'cannot-lie-flat'),
    seen('血氧 89', { spo2: 89 }, true, 'low-oxygen'),
    seen('收缩压 89 有症状', { sbp: 89, lowPressureSymptoms: true }, true, 'low-pressure'),
    seen('收缩压 89 没有症状', { sbp: 89, lowPressureSymptoms: false }, false, 'none'),
    {
      title: '只知道不能平卧：危急',
      given: { cannotLieFlat: true },
      expect: { value: true, reasons: ['cannot-lie-flat'] },
    },
    {
      title: '收缩压 89，症状没有问：不下结论',
      given: { ...calm, sbp: 89 },
      expect: { missing: ['低血压症状'] },
    },
    {
      title: '什么都没有：不下结论',
      given: {},
      expect: { missing: ['静息时是否呼吸困难', '能否平卧', '血氧饱和度', '收缩压'] },
    },
  ],
});
