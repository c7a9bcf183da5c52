import { hasAny } from '../conditions.ts';
import { adviseRenalDose, checkMetformin } from '../diabetes/check-renal-dose.ts';
import { chooseHba1cGoal } from '../diabetes/choose-hba1c-goal.ts';
import { judgeCompositeTargets } from '../diabetes/judge-composite-targets.ts';
import { suggestGlucoseLowering } from '../diabetes/suggest-glucose-lowering.ts';
import { flagPolypharmacy } from '../medicines/check-medicines.ts';
import { findMedicine } from '../medicines/formulary.ts';
import { resolveConflicts } from '../multimorbidity/multimorbidity.ts';
import { type Finding, findingOf } from './assessment.ts';
import { latestGlucose } from './latest-glucose.ts';
import { glucoseLoweringClasses } from './medicine-groups.ts';
import type { Facts } from './read-facts.ts';
import { suggestHeartCare } from './suggest-heart-care.ts';
import { suggestPressureCare } from './suggest-pressure-care.ts';

const glucoseLabels = {
  keep: '维持',
  'start-metformin': '首选二甲双胍',
  'start-other': '选其他药物',
  'add-second': '加第二种',
  'add-third-or-insulin': '加第三种或胰岛素',
  'insulin-now': '考虑胰岛素',
  'review-low': '先处理低血糖、评估方案',
  wait: '继续观察',
} as const;
const metforminLabels = { ok: '可用', reduce: '减量', contraindicated: '禁用', hold: '暂停' } as const;
const preferLabels: Readonly<Record<string, string>> = {
  SGLT2: '列净类',
  GLP1: 'GLP-1受体激动剂',
  DPP4: '列汀类',
};

/** Suggestions for a clinician to accept, change or reject; none of them prescribes. */
export function suggestCare(facts: Facts, egfr: number | undefined): Finding[] {
  const { day, ageYears, conditions } = facts;
  const findings: Finding[] = conditions.includes('hypertension') ? suggestPressureCare(facts) : [];
  if (conditions.includes('type-2-diabetes')) addGlucoseCare(facts, egfr, findings);
  suggestHeartCare(facts, findings);
  const conflicts = resolveConflicts(
    {
      ageYears,
      conditions,
      dbp: facts.latest('dbp'),
      potassium: facts.latest('potassium'),
      classes: [...facts.classes],
    },
    day,
  );
  if (conflicts.kind === 'decided' && conflicts.value.length > 0)
    findings.push(findingOf('多病目标', conflicts, () => ({ outcome: '目标有冲突', tone: 'caution' })));
  const many = flagPolypharmacy({ medicines: facts.medicines, ageYears }, day);
  if (many.kind === 'decided' && many.value.flag !== 'none')
    findings.push(
      findingOf('用药数量', many, (value) => ({ outcome: `${value.ingredients} 种成分`, tone: 'caution' })),
    );
  return findings;
}

function addGlucoseCare(facts: Facts, egfr: number | undefined, findings: Finding[]): void {
  const { day, ageYears } = facts;
  const classes = glucoseLoweringClasses.filter((one) => facts.classes.has(one));
  const goal = chooseHba1cGoal({ ageYears, riskyMedicine: riskyMedicine(facts) }, day);
  findings.push(
    findingOf(
      '降糖药物',
      suggestGlucoseLowering(
        {
          hba1c: facts.current('hba1c'),
          goal: goal.kind === 'decided' ? goal.value : undefined,
          egfr,
          fpg: facts.current('fasting-glucose'),
          glucose: latestGlucose(facts),
          classes,
          conditions: facts.conditions,
        },
        day,
      ),
      (value) => ({
        outcome: `${glucoseLabels[value.step]}${value.prefer.length > 0 ? `，优先${value.prefer.map((one) => preferLabels[one] ?? one).join('、')}` : ''}`,
        tone: value.step === 'keep' ? 'good' : 'caution',
      }),
    ),
    compositeFinding(facts),
  );
  for (const { code, dailyDose } of facts.medicines) {
    if (code.startsWith('metformin')) {
      findings.push(
        findingOf('二甲双胍与肾功能', checkMetformin({ egfr, dailyMg: dailyDose }, day), (value) => ({
          outcome: metforminLabels[value],
          tone: value === 'ok' ? 'good' : 'bad',
        })),
      );
      continue;
    }
    if (egfr === undefined) continue;
    const dose = adviseRenalDose({ medicine: code, egfr }, day);
    if (dose.kind === 'decided')
      findings.push(
        findingOf(`${nameOf(code)}与肾功能`, dose, (value) => ({
          outcome: value.advice,
          tone: value.allowed ? 'plain' : 'bad',
        })),
      );
  }
}

const vessels = [
  'coronary-heart-disease',
  'myocardial-infarction',
  'ischaemic-stroke',
  'peripheral-artery-disease',
] as const;

function compositeFinding(facts: Facts): Finding {
  const at = (kind: string) => facts.current(kind);
  return findingOf(
    '血糖、血压、血脂综合达标',
    judgeCompositeTargets(
      {
        sex: facts.record.sex,
        hba1c: at('hba1c'),
        sbp: at('sbp'),
        dbp: at('dbp'),
        totalCholesterol: at('total-cholesterol'),
        ldl: at('ldl'),
        hdl: at('hdl'),
        triglycerides: at('triglycerides'),
        bmi: at('bmi'),
        glucose: latestGlucose(facts),
        atherosclerotic: hasAny(facts.conditions, vessels),
      },
      facts.day,
    ),
    (value) => ({
      outcome: value.threeTargets ? '三项达标' : '未全达标',
      tone: value.threeTargets ? 'good' : 'caution',
    }),
  );
}

const nameOf = (code: string) => findMedicine(code)?.nameZh ?? code;

/** On a medicine that may lower glucose too far. */
export const riskyMedicine = ({ classes }: Facts) =>
  classes.has('SU') || classes.has('GLIN') || classes.has('INS');
