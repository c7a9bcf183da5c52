import { defineRule } from '../rule-definition.ts';
import { adviseOnRisk, type RiskAdviceFacts } from './advise-on-risk.ts';
import { adviceLimits, plausibleRanges } from './china-par-parameters.ts';

const well: RiskAdviceFacts = {
  sex: 'male',
  waistCm: 89,
  sbp: 139,
  dbp: 89,
  pressureTreated: false,
  totalCholesterol: 6.2,
  smoker: false,
  conditions: [],
};

const advised = (title: string, more: RiskAdviceFacts, value: readonly string[]) => ({
  title,
  given: { ...well, ...more },
  expect: { value },
});

export const adviseOnRiskRule = defineRule<RiskAdviceFacts>({
  id: 'CVD-01-advice',
  title: '心血管病风险干预建议',
  track: 'clinical',
  edition: 'CHINA-PAR-2016',
  clause: '官网干预建议',
  certainty: 'found',
  summary:
    '腰围男≥90、女≥85厘米，血压≥140/90（分服药与未服药），总胆固醇≥6.21 mmol/L，糖尿病，吸烟，各给一条干预建议。',
  parameters: [adviceLimits, plausibleRanges],
  file: 'src/clinical/cardiovascular-risk/advise-on-risk.ts',
  decide: adviseOnRisk,
  cases: [
    advised('各项都低于界值：没有建议', {}, []),
    advised('男腰围 90', { waistCm: 90 }, ['waist']),
    advised('女腰围 84.9', { sex: 'female', waistCm: 84.9 }, []),
    advised('女腰围 85', { sex: 'female', waistCm: 85 }, ['waist']),
    advised('未服药收缩压 140', { sbp: 140 }, ['pressure-untreated']),
    advised('未服药舒张压 90', { dbp: 90 }, ['pressure-untreated']),
    advised('服药后 140/80', { sbp: 140, dbp: 80, pressureTreated: true }, ['pressure-treated']),
    advised('总胆固醇 6.21', { totalCholesterol: 6.21 }, ['cholesterol']),
    advised('糖尿病', { conditions: ['type-2-diabetes'] }, ['diabetes']),
    advised('吸烟', { smoker: true }, ['smoking']),
    advised(
      '样样都有',
      { waistCm: 100, sbp: 160, totalCholesterol: 7, conditions: ['type-2-diabetes'], smoker: true },
      ['waist', 'pressure-untreated', 'cholesterol', 'diabetes', 'smoking'],
    ),
    {
      title: '没有问吸烟：不下结论',
      given: { ...well, smoker: undefined },
      expect: { missing: ['是否吸烟'] },
    },
    {
      title: '120/115 不合理',
      given: { ...well, sbp: 120, dbp: 115 },
      expect: { missing: ['血压（数值不合理）'] },
    },
    {
      title: '收缩压 400 不合理',
      given: { ...well, sbp: 400 },
      expect: { missing: ['收缩压（数值不合理）'] },
    },
  ],
});
