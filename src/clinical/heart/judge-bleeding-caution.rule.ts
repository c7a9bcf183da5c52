import { defineRule } from '../rule-definition.ts';
import { bleedingCaution, heartRanges } from './heart-parameters.ts';
import { type BleedingFacts, judgeBleedingCaution } from './judge-bleeding-caution.ts';

export const judgeBleedingCautionRule = defineRule<BleedingFacts>({
  id: 'AF-01-bleeding',
  title: '房颤抗凝出血警惕',
  track: 'clinical',
  edition: 'AF-CN-2023',
  clause: 'HAS-BLED',
  certainty: 'from-knowledge',
  summary: 'HAS-BLED 3分及以上提示出血风险高，先纠正可改变的因素并加强随访，不单凭此停用抗凝。',
  parameters: [bleedingCaution, heartRanges],
  file: 'src/clinical/heart/judge-bleeding-caution.ts',
  pendingSignOff: '待临床专家核对原文；评分由医生给出，平台不计算',
  decide: judgeBleedingCaution,
  cases: [
    { title: '2分：不警惕', given: { hasBled: 2 }, expect: { value: false } },
    { title: '3分：警惕', given: { hasBled: 3 }, expect: { value: true, reasons: ['caution'] } },
    { title: '没有评分：不下结论', given: {}, expect: { missing: ['HAS-BLED评分'] } },
    { title: '10分不合理', given: { hasBled: 10 }, expect: { missing: ['HAS-BLED评分（数值不合理）'] } },
  ],
});
