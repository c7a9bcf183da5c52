import { defineRule } from '../rule-definition.ts';
import { findKidneyReferral, type KidneyReferralFacts } from './find-kidney-referral.ts';
import {
  albuminuriaLimits,
  filtrationStages,
  kidneyRanges,
  kidneyReferralLimits,
} from './kidney-parameters.ts';

const stable: KidneyReferralFacts = {
  egfr: 54,
  acr: 60,
  potassium: 4.5,
  fallPerYear: 2,
  fallPercentFourWeeks: 5,
  haematuria: false,
  resistantHypertension: false,
  hereditary: false,
};

const yes = (title: string, more: KidneyReferralFacts, reason: string) => ({
  title,
  given: { ...stable, ...more },
  expect: { value: true, reasons: [reason] },
});
const no = (title: string, more: KidneyReferralFacts) => ({
  title,
  given: { ...stable, ...more },
  expect: { value: false },
});

export const findKidneyReferralRule = defineRule<KidneyReferralFacts>({
  id: 'CKD-02-refer',
  title: '肾脏病转诊',
  track: 'clinical',
  edition: 'KDIGO-CKD-2024',
  clause: 'KDIGO 转诊指征',
  certainty: 'from-knowledge',
  summary:
    'G4、G5或A3，一年下降超过5，4周内下降超过30%，血尿，血钾异常，难治性高血压或遗传性肾病，任一项即建议转诊。各项都问到且都没有才算不需转诊。',
  parameters: [kidneyReferralLimits, filtrationStages, albuminuriaLimits, kidneyRanges],
  file: 'src/clinical/kidney/find-kidney-referral.ts',
  pendingSignOff: '待临床专家核对原文；血钾正常范围待确认',
  decide: findKidneyReferral,
  cases: [
    no('稳定：不转诊', {}),
    yes('滤过率 28：转诊', { egfr: 28 }, 'late-stage'),
    no('滤过率 30：不因分期转诊', { egfr: 30 }),
    yes('尿白蛋白/肌酐 400：转诊', { acr: 400 }, 'albuminuria'),
    no('尿白蛋白/肌酐 300：不因此转诊', { acr: 300 }),
    yes('一年下降 5.1：转诊', { fallPerYear: 5.1 }, 'fast-fall'),
    no('一年下降 5：不因此转诊', { fallPerYear: 5 }),
    yes('4周内下降 31%：转诊', { fallPercentFourWeeks: 31 }, 'sudden-fall'),
    no('4周内下降 30%：不因此转诊', { fallPercentFourWeeks: 30 }),
    yes('血钾 5.6：转诊', { potassium: 5.6 }, 'potassium'),
    no('血钾 5.5：不因此转诊', { potassium: 5.5 }),
    yes('血钾 3.4：转诊', { potassium: 3.4 }, 'potassium'),
    no('血钾 3.5：不因此转诊', { potassium: 3.5 }),
    yes('血尿：转诊', { haematuria: true }, 'haematuria'),
    yes('难治性高血压：转诊', { resistantHypertension: true }, 'resistant-hypertension'),
    yes('遗传性肾病：转诊', { hereditary: true }, 'hereditary'),
    {
      title: '只知道滤过率 12：也转诊',
      given: { egfr: 12 },
      expect: { value: true, reasons: ['late-stage'] },
    },
    {
      title: '血尿没有问：不下结论',
      given: { ...stable, haematuria: undefined },
      expect: { missing: ['血尿'] },
    },
    {
      title: '血钾 40 不合理：不作依据',
      given: { ...stable, potassium: 40 },
      expect: { missing: ['血钾（数值不合理）'] },
    },
  ],
});
