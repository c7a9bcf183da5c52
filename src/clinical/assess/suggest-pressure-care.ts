import type { Decision } from '#kernel/decision.ts';
import { considerAspirin } from '../hypertension/consider-aspirin.ts';
import { decideDrugStart } from '../hypertension/decide-drug-start.ts';
import { findReferralReasons } from '../hypertension/find-referral-reasons.ts';
import { judgePressureControl } from '../hypertension/judge-pressure-control.ts';
import { proposeInitialRegimen } from '../hypertension/propose-initial-regimen.ts';
import { proposeStepUp } from '../hypertension/propose-step-up.ts';
import { tellPressureForm } from '../hypertension/tell-pressure-form.ts';
import { areAllAtFullDose } from '../medicines/antihypertensive-doses.ts';
import { pregnant } from './assess-programs.ts';
import { type Finding, findingOf } from './assessment.ts';
import { antihypertensiveClasses, isAntihypertensive } from './medicine-groups.ts';
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
const formLabels = {
  'white-coat': '白大衣高血压',
  'white-coat-effect': '白大衣效应',
  masked: '隐蔽性高血压',
  'masked-uncontrolled': '隐蔽未控制',
  'isolated-systolic': '单纯收缩期',
  'isolated-diastolic': '单纯舒张期',
  sustained: '持续升高',
  none: '未升高',
} as const;

/** What the guideline suggests for a person with hypertension. */
export function suggestPressureCare(facts: Facts): Finding[] {
  const { day, ageYears, conditions } = facts;
  const [sbp, dbp, heartRate] = [facts.current('sbp'), facts.current('dbp'), facts.current('heart-rate')];
  const potassium = facts.latest('potassium');
  const drugs = antihypertensiveClasses.filter((one) => facts.classes.has(one));
  const control = facts.pressureControl('clinical');
  const findings = [referralFinding(facts, drugs.length, control)];
  if (drugs.length === 0) {
    const start = decideDrugStart({ sbp, dbp, conditions }, day);
    findings.push(
      findingOf('降压药物', start, (value) => ({
        outcome: startLabels[value],
        tone: value === 'drug-now' ? 'caution' : 'plain',
      })),
    );
    if (start.kind === 'undecided' || start.value !== 'lifestyle')
      findings.push(
        findingOf(
          '起始方案',
          proposeInitialRegimen(
            { sbp, dbp, ageYears, heartRate, potassium, pregnancy: womanOnly(facts), conditions },
            day,
          ),
          (value) => ({
            outcome: value.kind === 'refer' ? '转诊定方案' : value.options.join('，或 '),
            tone: value.kind === 'refer' ? 'caution' : 'plain',
          }),
        ),
      );
  } else if (control.kind === 'decided')
    findings.push(stepFinding(facts, drugs.length, control.value === 'controlled'));
  if (!facts.medicines.some((one) => one.code === 'aspirin'))
    findings.push(
      findingOf('阿司匹林', considerAspirin({ sbp, dbp, ageYears, conditions }, day), (value) => ({
        outcome: aspirinLabels[value],
        tone: value === 'recommended' ? 'caution' : 'plain',
      })),
    );
  const form = homeAgainstOffice(facts, drugs.length > 0);
  if (form) findings.push(form);
  return findings;
}

const womanOnly = ({ record }: Facts) => (record.sex === 'male' ? undefined : record.pregnancy);

function referralFinding(
  facts: Facts,
  drugs: number,
  control: Decision<'controlled' | 'not-controlled'>,
): Finding {
  const withDiuretic = facts.classes.has('THIAZ') || facts.classes.has('LOOP');
  const isOpen =
    drugs >= 3 && withDiuretic && control.kind === 'decided' && control.value === 'not-controlled';
  const looked = facts.record.dangerSigns?.hypertension;
  return findingOf(
    '转诊',
    findReferralReasons(
      {
        sbp: facts.current('sbp'),
        dbp: facts.current('dbp'),
        // Signs found make an emergency before this is asked; here they were looked for and not found, or not asked.
        signs: looked && looked.length === 0 ? [] : undefined,
        potassium: facts.latest('potassium'),
        diureticDose: withDiuretic ? undefined : facts.record.medicines.length > 0 ? 0 : undefined,
        fullTripleNotAtTarget: isOpen && fullDoses(facts),
        pregnantOrLactating: facts.record.sex === 'male' ? false : pregnant(facts),
      },
      facts.day,
    ),
    (value) => ({ outcome: referralLabels[value.level], tone: value.level === 'none' ? 'plain' : 'bad' }),
  );
}

const fullDoses = (facts: Facts) =>
  areAllAtFullDose(
    facts.medicines.filter(({ code }) => isAntihypertensive(code)),
    facts.day,
  );

function stepFinding(facts: Facts, drugs: number, atTarget: boolean): Finding {
  const { day, ageYears } = facts;
  const before = judgePressureControl(
    { sbp: facts.previous('sbp'), dbp: facts.previous('dbp'), ageYears },
    day,
    'clinical',
  );
  return findingOf(
    '降压方案',
    proposeStepUp(
      {
        atTarget,
        adherent: facts.record.adherent,
        weeksSinceChange: undefined,
        drugs,
        fullDose: atTarget ? undefined : fullDoses(facts),
        withDiuretic: facts.classes.has('THIAZ') || facts.classes.has('LOOP'),
        wasControlled: before.kind === 'decided' ? before.value === 'controlled' : undefined,
      },
      day,
    ),
    (value) => ({ outcome: stepLabels[value], tone: value === 'keep' ? 'good' : 'caution' }),
  );
}

/** Home against office, when a week was measured at home. */
function homeAgainstOffice(facts: Facts, treated: boolean): Finding | undefined {
  if (!facts.series.hasHomePressure()) return undefined;
  const days = facts.series.homePressures().slice(-homeDays);
  const [sbp, dbp] = [facts.current('sbp'), facts.current('dbp')];
  if (days.length < homeDays || sbp === undefined || dbp === undefined) return undefined;
  const mean = (pick: (one: (typeof days)[number]) => number) =>
    days.reduce((sum, one) => sum + pick(one), 0) / days.length;
  const home = { sbp: mean((one) => one.sbp), dbp: mean((one) => one.dbp) };
  const form = tellPressureForm({ office: { sbp, dbp }, home, treated }, facts.day);
  if (form.kind === 'decided' && (form.value.form === 'none' || form.value.form === 'sustained'))
    return undefined;
  return findingOf('诊室与家庭血压', form, (value) => ({ outcome: formLabels[value.form], tone: 'caution' }));
}

/** Days of home readings that stand against an office value. */
const homeDays = 7;
