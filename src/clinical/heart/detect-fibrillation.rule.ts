import { defineRule } from '../rule-definition.ts';
import { detectFibrillation, type FibrillationSignFacts } from './detect-fibrillation.ts';
import { heartRanges, pulseAge } from './heart-parameters.ts';

export const detectFibrillationRule = defineRule<FibrillationSignFacts>({
  id: 'AF-01-detect',
  title: '房颤机会性筛查',
  track: 'clinical',
  edition: 'AF-CN-2023',
  clause: '房颤机会性筛查',
  certainty: 'from-knowledge',
  summary: '脉律不齐，或65岁及以上设备提示心律不齐，做心电图；65岁及以上每次就诊摸脉。',
  parameters: [pulseAge, heartRanges],
  file: 'src/clinical/heart/detect-fibrillation.ts',
  pendingSignOff: '待临床专家核对原文；65岁以下的设备提示交设备预警处理',
  decide: detectFibrillation,
  cases: [
    {
      title: '50岁脉律不齐：心电图',
      given: { ageYears: 50, irregularPulse: true },
      expect: { value: 'ecg', reasons: ['irregular-pulse'] },
    },
    {
      title: '年龄不知，脉律不齐：心电图',
      given: { irregularPulse: true },
      expect: { value: 'ecg' },
    },
    {
      title: '65岁设备提示：心电图',
      given: { ageYears: 65, irregularPulse: false, deviceFlag: true },
      expect: { value: 'ecg', reasons: ['device-flag'] },
    },
    {
      title: '64岁设备提示，脉律齐：交设备预警',
      given: { ageYears: 64, irregularPulse: false, deviceFlag: true },
      expect: { value: 'none', reasons: ['device-flag-younger'] },
    },
    { title: '65岁没有摸脉：摸脉', given: { ageYears: 65 }, expect: { value: 'take-pulse' } },
    {
      title: '70岁脉律齐：不必',
      given: { ageYears: 70, irregularPulse: false },
      expect: { value: 'none', reasons: ['regular'] },
    },
    { title: '64岁没有摸脉：不下结论', given: { ageYears: 64 }, expect: { missing: ['脉律'] } },
    {
      title: '年龄不知，脉律齐：不下结论',
      given: { irregularPulse: false },
      expect: { missing: ['年龄'] },
    },
  ],
});
