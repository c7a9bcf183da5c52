import { checkMetformin } from '../diabetes/check-renal-dose.ts';
import { chooseHba1cGoal } from '../diabetes/choose-hba1c-goal.ts';
import { suggestGlucoseLowering } from '../diabetes/suggest-glucose-lowering.ts';
import { considerAspirin } from '../hypertension/consider-aspirin.ts';
import { decideDrugStart } from '../hypertension/decide-drug-start.ts';
import { findReferralReasons } from '../hypertension/find-referral-reasons.ts';
import { judgePressureControl } from '../hypertension/judge-pressure-control.ts';
import { proposeInitialRegimen } from '../hypertension/propose-initial-regimen.ts';
import { proposeStepUp } from '../hypertension/propose-step-up.ts';
import { areAllAtFullDose } from '../medicines/antihypertensive-doses.ts';
import { flagPolypharmacy } from '../medicines/check-medicines.ts';
import { listVisitItems, resolveConflicts } from '../multimorbidity/multimorbidity.ts';
import { type Finding, findingOf } from './assessment.ts';
import { antihypertensiveClasses, glucoseLoweringClasses, isAntihypertensive } from './medicine-groups.ts';
import type { Facts } from './read-facts.ts';

const startLabels = {
  'drug-now': '建议用药',
  'drug-or-delay': '可先改善生活方式',
  lifestyle: '改善生活方式',
  'lifestyle-unless-high-risk': '看心血管风险',
} as const;
const stepLabels = {
  keep: '维持',
  'repeat-first': '先复测',
  'adherence-first': '先解决依从性',
  wait: '继续观察',
  'step-up': '调整方案',
  'add-diuretic': '加利尿剂',
  'resistant-refer': '难治，转诊',
} as const;
const glucoseLabels = {
  keep: '维持',
  'start-metformin': '首选二甲双胍',
  'start-other': '选其他药物',
  'add-second': '加第二种',
  'add-third-or-insulin': '加第三种或胰岛素',
  'insulin-now': '考虑胰岛素',
  wait: '继续观察',
} as const;
const aspirinLabels = {
  contraindicated: '禁用',
  recommended: '建议',
  'control-pressure-first': '先控制血压',
  'may-consider': '可考虑',
  'not-recommended': '不建议',
} as const;
const referralLabels = {
  emergency: '紧急转诊',
  initial: '转诊',
  'follow-up': '转诊',
  none: '不需转诊',
} as const;
const metforminLabels = { ok: '可用', reduce: '减量', contraindicated: '禁用', hold: '暂停' } as const;

/** Suggestions for a clinician to accept, change or reject; none of them prescribes. */
export function suggestCare(facts: Facts, egfr: number | undefined): Finding[] {
  const { day, ageYears, conditions, record } = facts;
  const at = (kind: string) => facts.latest(kind);
  const [sbp, dbp] = [at('sbp'), at('dbp')];
  const inUse = (classes: readonly string[]) => classes.filter((one) => facts.classes.has(one));
  const findings: Finding[] = [];
  if (conditions.includes('hypertension')) {
    const drugs = inUse(antihypertensiveClasses);
    const control = judgePressureControl({ sbp, dbp, ageYears }, day, 'clinical');
    const withDiuretic = facts.classes.has('THIAZ') || facts.classes.has('LOOP');
    const fullDose = areAllAtFullDose(
      facts.medicines.filter(({ code }) => isAntihypertensive(code)),
      day,
    );
    findings.push(
      findingOf(
        '转诊',
        findReferralReasons(
          {
            sbp,
            dbp,
            potassium: at('potassium'),
            fullTripleNotAtTarget:
              drugs.length >= 3 && withDiuretic && control.kind === 'decided'
                ? control.value === 'not-controlled' && fullDose
                : false,
            pregnantOrLactating:
              record.sex === 'male'
                ? false
                : record.pregnancy === undefined
                  ? undefined
                  : record.pregnancy !== 'no',
          },
          day,
        ),
        (value) => ({ outcome: referralLabels[value.level], tone: value.level === 'none' ? 'plain' : 'bad' }),
      ),
    );
    if (drugs.length === 0) {
      findings.push(
        findingOf('降压药物', decideDrugStart({ sbp, dbp, conditions }, day), (value) => ({
          outcome: startLabels[value],
          tone: value === 'drug-now' ? 'caution' : 'plain',
        })),
      );
      findings.push(
        findingOf(
          '起始方案',
          proposeInitialRegimen({ sbp, dbp, ageYears, heartRate: at('heart-rate'), conditions }, day),
          (value) => ({ outcome: value.options.join('，或 '), tone: 'plain' }),
        ),
      );
    } else if (control.kind === 'decided') {
      findings.push(
        findingOf(
          '降压方案',
          proposeStepUp(
            {
              atTarget: control.value === 'controlled',
              adherent: record.adherent,
              weeksSinceChange: undefined,
              drugs: drugs.length,
              fullDose,
              withDiuretic,
            },
            day,
          ),
          (value) => ({ outcome: stepLabels[value], tone: value === 'keep' ? 'good' : 'caution' }),
        ),
      );
    }
    if (!facts.medicines.some((one) => one.code === 'aspirin'))
      findings.push(
        findingOf('阿司匹林', considerAspirin({ sbp, dbp, ageYears, conditions }, day), (value) => ({
          outcome: aspirinLabels[value],
          tone: value === 'recommended' ? 'caution' : 'plain',
        })),
      );
  }
  if (conditions.includes('type-2-diabetes')) {
    const drugs = inUse(glucoseLoweringClasses);
    const goal = chooseHba1cGoal(
      { ageYears, riskyMedicine: ['SU', 'GLIN', 'INS'].some((one) => facts.classes.has(one)) },
      day,
    );
    findings.push(
      findingOf(
        '降糖药物',
        suggestGlucoseLowering(
          {
            hba1c: at('hba1c'),
            goal: goal.kind === 'decided' ? goal.value : undefined,
            egfr,
            fpg: at('fasting-glucose'),
            classes: drugs,
            conditions,
          },
          day,
        ),
        (value) => ({
          outcome: `${glucoseLabels[value.step]}${value.prefer.length > 0 ? `，优先 ${value.prefer.join('、')}` : ''}`,
          tone: value.step === 'keep' ? 'good' : 'caution',
        }),
      ),
    );
    if (facts.classes.has('MET'))
      findings.push(
        findingOf(
          '二甲双胍与肾功能',
          checkMetformin(
            { egfr, dailyMg: facts.medicines.find((one) => one.code.startsWith('metformin'))?.dailyDose },
            day,
          ),
          (value) => ({ outcome: metforminLabels[value], tone: value === 'ok' ? 'good' : 'bad' }),
        ),
      );
  }
  const conflicts = resolveConflicts(
    { ageYears, conditions, dbp, potassium: at('potassium'), classes: [...facts.classes] },
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

/** What a visit today asks, once each. */
export function visitItems(facts: Facts): Finding | undefined {
  if (facts.record.programs.length === 0) return undefined;
  return findingOf('本次随访项目', listVisitItems({ conditions: facts.conditions }, facts.day), (value) => ({
    outcome: `${value.length} 项`,
    tone: 'plain',
  }));
}
