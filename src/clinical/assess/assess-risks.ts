import { valueOn } from '#kernel/dated.ts';
import { estimateTenYearRisk } from '../cardiovascular-risk/estimate-ten-year-risk.ts';
import { goldGradeOf } from '../copd/grade-copd.ts';
import { chooseHba1cGoal, judgeOlderControl } from '../diabetes/choose-hba1c-goal.ts';
import { hba1cGoals } from '../diabetes/diabetes-parameters.ts';
import { scoreDiabetesRisk } from '../diabetes/score-diabetes-risk.ts';
import { type Colour, colourLabels, combineColours } from '../grading/grade-management.ts';
import { scoreFibrillationStroke } from '../heart/score-fibrillation-stroke.ts';
import { choosePressureTarget } from '../hypertension/choose-pressure-target.ts';
import { hypertensionRiskLabels } from '../hypertension/grade-hypertension-risk.ts';
import { setLipidGoal } from '../hypertension/set-lipid-goal.ts';
import { estimateFiltration } from '../kidney/estimate-filtration.ts';
import { ascvdRiskLabels, stratifyAscvd } from '../lipids/judge-lipids.ts';
import { countConditions } from '../multimorbidity/multimorbidity.ts';
import { judgeWeight, weightClassLabels } from '../obesity/judge-weight.ts';
import { screenStrokeRisk } from '../stroke/screen-stroke-risk.ts';
import { copdGroupOf } from './assess-programs.ts';
import { type Finding, findingOf } from './assessment.ts';
import { colourOfDiabetes, standingOfHypertension } from './colour-diseases.ts';
import { latestGlucose } from './latest-glucose.ts';
import { antihypertensiveClasses, takesAny } from './medicine-groups.ts';
import type { Facts } from './read-facts.ts';

const strokeLabels = { high: '高危', moderate: '中危', low: '低危' } as const;

/** The filtration rate from the last creatinine; undefined while it is not known. */
export function filtrationOf(facts: Facts): number | undefined {
  const decision = estimatedFiltration(facts);
  return decision.kind === 'decided' ? decision.value.egfr : undefined;
}

/** The same with its stage, reasons and what is missing. */
export const estimatedFiltration = (facts: Facts) =>
  estimateFiltration(
    {
      creatinine: facts.latest('creatinine'),
      ageYears: facts.ageYears,
      sex: facts.record.sex,
      pregnant: facts.record.pregnancy === undefined ? undefined : facts.record.pregnancy === 'pregnant',
    },
    facts.day,
  );

/** Risk strata and labels; each says what it still needs. */
export function assessRisks(facts: Facts, kidney: ReturnType<typeof estimatedFiltration>): Finding[] {
  const egfr = kidney.kind === 'decided' ? kidney.value.egfr : undefined;
  const { day, record, ageYears, conditions } = facts;
  const { sex, smoker } = record;
  const at = (kind: string) => facts.latest(kind);
  const [sbp, dbp, bmi, waistCm] = [at('sbp'), at('dbp'), at('bmi'), at('waist')];
  const has = (one: (typeof conditions)[number]) => conditions.includes(one);
  const isTreated = takesAny(facts, antihypertensiveClasses);
  const findings: Finding[] = [];
  const colours: { hypertension?: Colour; diabetes?: Colour } = {};
  if (has('hypertension')) {
    const { risk, colour } = standingOfHypertension(facts, egfr);
    if (colour.kind === 'decided') colours.hypertension = colour.value;
    findings.push(
      findingOf('高血压心血管风险分层', risk, (value) => ({
        outcome: value
          ? `${risk.kind === 'decided' && risk.reasons.some((one) => one.code === 'at-least') ? '至少' : ''}${hypertensionRiskLabels[value]}`
          : '未达分层血压',
        tone: value && value !== 'low' ? 'caution' : 'plain',
      })),
    );
    findings.push(
      findingOf('高血压分标', colour, (value) => ({
        outcome: colourLabels[value],
        tone: value === 'green' ? 'good' : value === 'red' ? 'bad' : 'caution',
      })),
    );
  }
  if (has('type-2-diabetes')) {
    const colour = colourOfDiabetes(facts);
    if (colour.kind === 'decided') colours.diabetes = colour.value;
    findings.push(findingOf('糖尿病分标', colour, colourOutcome));
  }
  const person = personColour(facts, colours);
  if (person) findings.push(person);
  findings.push(
    findingOf(
      '10年心血管病风险',
      estimateTenYearRisk(
        {
          sex,
          ageYears,
          waistCm,
          totalCholesterol: at('total-cholesterol'),
          hdl: at('hdl'),
          sbp,
          pressureTreated: has('hypertension') ? isTreated : undefined,
          smoker,
          north: record.north,
          urban: record.urban,
          familyHistoryCvd: record.familyHistory?.cvd,
          pregnant: record.pregnancy === undefined ? undefined : record.pregnancy === 'pregnant',
          conditions,
        },
        day,
      ),
      (value) =>
        value.path === 'secondary-prevention'
          ? { outcome: '按二级预防管理', tone: 'caution' }
          : { outcome: `${value.percent}%`, tone: value.category === 'low' ? 'plain' : 'caution' },
    ),
    findingOf(
      '血脂风险分层',
      stratifyAscvd(
        {
          sex,
          ageYears,
          smoker,
          totalCholesterol: at('total-cholesterol'),
          ldl: at('ldl'),
          hdl: at('hdl'),
          bmi,
          sbp,
          conditions,
        },
        day,
      ),
      (value) => ({ outcome: ascvdRiskLabels[value], tone: value === 'low' ? 'plain' : 'caution' }),
    ),
    findingOf('肾小球滤过率', kidney, (value) => ({
      outcome: `${value.shown}（${value.stage}）`,
      tone: value.stage === 'G1' || value.stage === 'G2' ? 'plain' : 'caution',
    })),
    findingOf(
      '脑卒中筛查',
      screenStrokeRisk(
        {
          ageYears,
          sbp,
          dbp,
          pressureTreated: has('hypertension') && isTreated ? true : undefined,
          smoker,
          bmi,
          familyHistoryStroke: record.familyHistory?.stroke,
          conditions,
        },
        day,
      ),
      (value) => ({
        outcome: `${strokeLabels[value.level]}${value.complete ? '' : '（资料不全）'}`,
        tone: value.level === 'high' ? 'caution' : 'plain',
      }),
    ),
    findingOf('体重', judgeWeight({ bmi, waistCm, sex }, day), (value) => ({
      outcome: weightClassLabels[value.weight],
      tone: value.weight === 'normal' ? 'good' : 'caution',
    })),
    findingOf('多病共患', countConditions({ conditions }, day), (value) => ({
      outcome: value.multimorbid ? `${value.count} 种` : '否',
      tone: value.multimorbid ? 'caution' : 'plain',
    })),
  );
  if (has('atrial-fibrillation'))
    findings.push(
      findingOf('房颤卒中评分', scoreFibrillationStroke({ ageYears, sex, conditions }, day), (value) => ({
        outcome: `${value.score} 分`,
        tone: value.advice === 'none' ? 'plain' : 'caution',
      })),
    );
  if (!has('type-2-diabetes') && !has('type-1-diabetes'))
    findings.push(
      findingOf(
        '糖尿病风险评分',
        scoreDiabetesRisk(
          { sex, ageYears, sbp, bmi, waistCm, familyDiabetes: record.familyHistory?.diabetes },
          day,
        ),
        (value) => ({
          outcome: value.score === null ? '不适用' : `${value.score} 分`,
          tone: value.high ? 'caution' : 'plain',
        }),
      ),
    );
  return findings;
}

const colourOutcome = (value: Colour) => ({
  outcome: colourLabels[value],
  tone: value === 'green' ? ('good' as const) : value === 'red' ? ('bad' as const) : ('caution' as const),
});

/** One colour for a person in several programmes; open while one of them is. */
function personColour(
  facts: Facts,
  known: { hypertension?: Colour; diabetes?: Colour },
): Finding | undefined {
  const { record, day } = facts;
  if (record.programs.length < 2) return undefined;
  const missing: string[] = [];
  let group: ReturnType<typeof copdGroupOf> | undefined;
  for (const { program } of record.programs) {
    if (program === 'hypertension' && !known.hypertension) missing.push('高血压分标');
    if (program === 'type-2-diabetes' && !known.diabetes) missing.push('糖尿病分标');
    if (program === 'copd') group = copdGroupOf(facts);
  }
  if (group?.kind === 'undecided') missing.push('慢阻肺分组');
  const fev1 = facts.latest('fev1-percent-predicted');
  const gold = fev1 === undefined ? undefined : goldGradeOf(fev1, day);
  const copd = group?.kind === 'decided' ? { group: group.value.group, gold } : undefined;
  const combined = combineColours({ hypertension: known.hypertension, diabetes: known.diabetes, copd }, day);
  // Red is red whatever is still open; the milder colours need every disease.
  if (combined.kind === 'decided' && combined.value !== 'red' && missing.length > 0)
    return findingOf('综合分标', { kind: 'undecided', missing, rule: combined.rule }, colourOutcome);
  return findingOf('综合分标', combined, colourOutcome);
}

/** The goals of this person on the clinical track. */
export function assessTargets(facts: Facts): Finding[] {
  const { day, record, ageYears, conditions } = facts;
  const findings: Finding[] = [];
  if (conditions.includes('hypertension')) {
    findings.push(
      findingOf('血压目标', choosePressureTarget({ ageYears }, day), ({ below }) => ({
        outcome: `低于 ${below.sbp}/${below.dbp} mmHg`,
        tone: 'plain',
      })),
    );
    const events = (
      ['myocardial-infarction', 'ischaemic-stroke', 'revascularization', 'peripheral-artery-disease'] as const
    ).filter((one) => conditions.includes(one)).length;
    findings.push(
      findingOf(
        '低密度脂蛋白目标',
        setLipidGoal(
          {
            sex: record.sex,
            ageYears,
            smoker: record.smoker,
            totalCholesterol: facts.latest('total-cholesterol'),
            ldl: facts.latest('ldl'),
            hdl: facts.latest('hdl'),
            events,
            conditions,
          },
          day,
        ),
        (value) => ({ outcome: `低于 ${value} mmol/L`, tone: 'plain' }),
      ),
    );
  }
  if (conditions.includes('type-2-diabetes')) {
    const risky = takesAny(facts, loweringTooFar);
    if (ageYears !== undefined && ageYears >= valueOn(hba1cGoals, day).olderFrom)
      findings.push(
        findingOf(
          '老年糖化目标与下限',
          judgeOlderControl(
            {
              ageYears,
              health: record.health,
              riskyMedicine: risky,
              hba1c: facts.current('hba1c'),
              fasting: facts.current('fasting-glucose'),
              glucose: latestGlucose(facts),
            },
            day,
          ),
          (value) => ({
            outcome: olderLabels[value],
            tone: value === 'at-goal' ? 'good' : value === 'above-goal' ? 'caution' : 'bad',
          }),
        ),
      );
    findings.push(
      findingOf('糖化血红蛋白目标', chooseHba1cGoal({ ageYears, riskyMedicine: risky }, day), (value) => ({
        outcome: `低于 ${value}%`,
        tone: 'plain',
      })),
    );
  }
  return findings;
}

/** Classes that may lower glucose too far. */
const loweringTooFar = ['SU', 'GLIN', 'INS'];

const olderLabels = {
  'at-goal': '达标',
  'above-goal': '未达标',
  'overtreatment-review': '可能治疗过度',
} as const;
