import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Condition, type Conditions, conditionLabels, type Sex } from '../conditions.ts';
import {
  type ChinaParPerson,
  chinaParPercent,
  type RiskCategory,
  riskCategoryOf,
  toTenth,
} from './china-par.ts';
import {
  type ChinaParSet,
  chinaParRanges,
  cholesterolFactor,
  chosenCoefficients,
  derivationAges,
  idealPerson,
  pregnancyAges,
  printedCoefficients,
  reconstructedCoefficients,
} from './china-par-parameters.ts';
import { isWithin, lackingAnswers, lackingFigures } from './required-inputs.ts';

export interface TenYearRiskFacts {
  readonly sex?: Sex | undefined;
  readonly ageYears?: number | undefined;
  /** Lives north of the Yangtze. */
  readonly north?: boolean | undefined;
  /** Lives in a town; asked of men only. */
  readonly urban?: boolean | undefined;
  /** cm, one centimetre above the navel. */
  readonly waistCm?: number | undefined;
  /** mmol/L. */
  readonly totalCholesterol?: number | undefined;
  readonly hdl?: number | undefined;
  readonly sbp?: number | undefined;
  /** Takes drugs against high pressure now. */
  readonly pressureTreated?: boolean | undefined;
  /** Smokes now. */
  readonly smoker?: boolean | undefined;
  /** Parent or sibling with a cardiovascular event; asked of men only. */
  readonly familyHistoryCvd?: boolean | undefined;
  readonly pregnant?: boolean | undefined;
  /** The history as asked; here a condition not in the list counts as absent. */
  readonly conditions?: Conditions | undefined;
  /** Absent: the set chosen for the platform. The printed one is for comparison with the paper only. */
  readonly coefficients?: ChinaParSet | undefined;
}

export type TenYearRisk =
  | { readonly path: 'secondary-prevention' }
  | {
      readonly path: 'primary-prevention';
      /** Percent to one decimal. */
      readonly percent: number;
      /** Percent, not rounded. */
      readonly exactPercent: number;
      readonly category: RiskCategory;
      /** Percent of the site's ideal person of this sex, age and region; can exceed the person's own. */
      readonly idealPercent: number;
      /** Outside the ages the equation was derived on. */
      readonly extrapolated: boolean;
      readonly model: 'china-par-2016-recon-1' | 'china-par-2016-printed';
    };

/** Conditions after which prevention is secondary and no first-event risk is counted. */
export const priorEventConditions: readonly Condition[] = [
  'coronary-heart-disease',
  'myocardial-infarction',
  'stable-angina',
  'acute-coronary-syndrome',
  'revascularization',
  'ischaemic-stroke',
  'haemorrhagic-stroke',
  'tia',
  'peripheral-artery-disease',
];

const categoryLabels = { low: '低危', moderate: '中危', high: '高危' } as const;

/**
 * Ten-year risk of a first infarction, coronary death or stroke by China-PAR, its category, and the risk the same person
 * would have with ideal habits. After an event: secondary prevention, no figure. Undecided when an input is missing or
 * outside what the equation takes, and in pregnancy.
 * @source Circulation 2016;134:1430–1440；中国心血管病风险评估和管理指南 10年风险分层
 */
export function estimateTenYearRisk(facts: TenYearRiskFacts, day: PlainDate): Decision<TenYearRisk> {
  const set = facts.coefficients ?? valueOn(chosenCoefficients, day);
  const row = rowOn(set === 'printed' ? printedCoefficients : reconstructedCoefficients, day);
  const rule: RuleRef = {
    id: 'CVD-01',
    edition: row.source,
    clause: 'China-PAR 10年动脉粥样硬化性心血管病风险',
    certainty: row.certainty,
  };
  const prior = facts.conditions?.find((c) => priorEventConditions.includes(c));
  if (prior)
    return decided(rule, { path: 'secondary-prevention' }, [
      {
        code: 'prior-event',
        text: `已有${conditionLabels[prior]}，不再评估首次发病风险，按二级预防管理。`,
      },
    ]);
  const person = completePerson(facts, day);
  if ('missing' in person) return undecided(rule, person.missing);
  const exactPercent = chinaParPercent(person, set, day);
  const percent = toTenth(exactPercent);
  const category = riskCategoryOf(exactPercent, day);
  const ideal = valueOn(idealPerson, day);
  const idealPercent = toTenth(
    chinaParPercent(
      {
        ...person,
        ...ideal,
        waistCm: ideal.waistCm[person.sex],
        treated: false,
        smoker: false,
        diabetes: false,
        family: false,
      },
      set,
      day,
    ),
  );
  const ages = valueOn(derivationAges, day);
  const extrapolated = person.ageYears < ages.from || person.ageYears > ages.to;
  const compared = idealPercent < percent ? `；同龄理想状态为 ${idealPercent.toFixed(1)}%` : '';
  const reasons: Reason[] = [
    {
      code: `risk-${category}`,
      text: `10年心血管病风险 ${percent.toFixed(1)}%，${categoryLabels[category]}${compared}。`,
    },
  ];
  if (extrapolated)
    reasons.push({
      code: 'extrapolated',
      text: `年龄 ${person.ageYears} 岁，在建模人群 ${ages.from}–${ages.to} 岁之外，为外推值。`,
    });
  const model = set === 'printed' ? 'china-par-2016-printed' : 'china-par-2016-recon-1';
  return decided(
    rule,
    { path: 'primary-prevention', percent, exactPercent, category, idealPercent, extrapolated, model },
    reasons,
  );
}

/** The person the equation takes, or the names of what is missing, out of range or in the way. */
function completePerson(f: TenYearRiskFacts, day: PlainDate): ChinaParPerson | { missing: string[] } {
  const ranges = valueOn(chinaParRanges, day);
  const fertile = valueOn(pregnancyAges, day);
  const { sex, ageYears, waistCm, totalCholesterol, hdl, sbp, north, conditions } = f;
  const urban = sex === 'female' ? false : f.urban;
  const family = sex === 'female' ? false : f.familyHistoryCvd;
  const mayBePregnant =
    sex === 'female' &&
    isWithin(ageYears, ranges.ageYears) &&
    ageYears >= fertile.from &&
    ageYears <= fertile.to;
  const figures = [
    [ageYears, ranges.ageYears],
    [waistCm, ranges.waistCm],
    [totalCholesterol, ranges.totalCholesterol],
    [hdl, ranges.hdl],
    [sbp, ranges.sbp],
  ] as const;
  const { pressureTreated: treated, smoker } = f;
  const missing = [
    ...lackingAnswers([[sex, '性别']]),
    ...lackingFigures(figures, '超出公式范围'),
    ...lackingAnswers([
      [north, '居住地（长江以北或以南）'],
      [urban, '城乡'],
      [treated, '是否服用降压药'],
      [smoker, '是否吸烟'],
      [family, '心血管病家族史'],
      [conditions, '病史'],
      [mayBePregnant ? f.pregnant : false, '是否妊娠'],
    ]),
    ...(f.pregnant ? ['妊娠（公式不适用）'] : []),
  ];
  if (
    missing.length > 0 ||
    sex === undefined ||
    ageYears === undefined ||
    waistCm === undefined ||
    totalCholesterol === undefined ||
    hdl === undefined ||
    sbp === undefined ||
    north === undefined ||
    urban === undefined ||
    treated === undefined ||
    smoker === undefined ||
    family === undefined ||
    conditions === undefined
  )
    return { missing };
  const perMgDl = valueOn(cholesterolFactor, day);
  return {
    sex,
    ageYears,
    north,
    urban,
    waistCm,
    totalCholesterolMgDl: totalCholesterol / perMgDl,
    hdlMgDl: hdl / perMgDl,
    sbp,
    treated,
    smoker,
    diabetes: conditions.includes('type-2-diabetes') || conditions.includes('type-1-diabetes'),
    family,
  };
}
