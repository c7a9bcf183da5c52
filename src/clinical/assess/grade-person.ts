import { type Decision, decided, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { groupCopd } from '../copd/grade-copd.ts';
import { type Colour, combineColours, levelManagement } from '../grading/grade-management.ts';
import { type GradingScheme, type PlacedGrade, placeTier } from '../grading/place-tier.ts';
import { filtrationOf } from './assess-risks.ts';
import { colourOfDiabetes, standingOfHypertension } from './colour-diseases.ts';
import type { AssessedProgram, PatientRecord } from './patient-record.ts';
import { type Facts, readFacts } from './read-facts.ts';

/** What one disease says of the grade; without a colour it names what is missing. */
export interface DiseaseGrade {
  readonly program: AssessedProgram;
  readonly colour: Colour | undefined;
  readonly reasons: readonly Reason[];
  readonly missing: readonly string[];
  readonly rule: RuleRef;
}

export interface PersonGrade {
  readonly diseases: readonly DiseaseGrade[];
  readonly placed: Decision<PlacedGrade>;
}

/**
 * Grades a person under management: each disease by its rule, the worst counts, the tier and interval by the county's
 * scheme and where the person stood. Undecided when no disease can be graded; what is missing is named.
 * @source 平台默认：分级分标；两慢病健康管理方案 分级分标
 */
export function gradePerson(
  record: PatientRecord,
  day: PlainDate,
  scheme: GradingScheme,
  present?: { readonly colour: Colour; readonly since: PlainDate },
): PersonGrade {
  const facts = readFacts(record, day);
  const diseases = record.programs.map(({ program }) => gradeDisease(facts, program, scheme));
  const of = (program: AssessedProgram) => diseases.find((one) => one.program === program)?.colour;
  const combined = combineColours(
    {
      hypertension: worst(of('hypertension'), of('copd')),
      diabetes: of('type-2-diabetes'),
    },
    day,
  );
  if (combined.kind === 'undecided') {
    const missing = diseases.flatMap((one) => one.missing);
    return { diseases, placed: undecided(combined.rule, [...new Set(missing)]) };
  }
  return { diseases, placed: placeTier({ colour: combined.value, present, scheme }, day) };
}

const order: readonly (Colour | undefined)[] = [undefined, 'green', 'yellow', 'red'];
const worst = (a: Colour | undefined, b: Colour | undefined) =>
  order.indexOf(a) >= order.indexOf(b) ? a : b;

function gradeDisease(facts: Facts, program: AssessedProgram, scheme: GradingScheme): DiseaseGrade {
  const answer = (decision: Decision<Colour>): DiseaseGrade =>
    decision.kind === 'decided'
      ? { program, colour: decision.value, reasons: decision.reasons, missing: [], rule: decision.rule }
      : {
          program,
          colour: undefined,
          reasons: [],
          missing: facts.withLastDays(decision.missing),
          rule: decision.rule,
        };
  if (program === 'type-2-diabetes') return answer(colourOfDiabetes(facts));
  if (program === 'copd') return answer(colourOfCopd(facts));
  const standing = standingOfHypertension(facts, filtrationOf(facts));
  return answer(scheme.scheme === 'levels' ? colourByLevel(standing.risk, facts.day) : standing.colour);
}

/** The historical levels read as colours: low green, moderate yellow, the rest red. */
function colourByLevel(
  risk: ReturnType<typeof standingOfHypertension>['risk'],
  day: PlainDate,
): Decision<Colour> {
  const value = risk.kind === 'decided' ? (risk.value ?? undefined) : undefined;
  const level = levelManagement({ risk: value }, day);
  if (level.kind === 'undecided') return undecided(level.rule, level.missing);
  const colour = ({ 1: 'green', 2: 'yellow', 3: 'red' } as const)[level.value.level];
  return decided(level.rule, colour, level.reasons);
}

function colourOfCopd(facts: Facts): Decision<Colour> {
  const group = groupCopd(
    {
      moderateExacerbations: facts.current('exacerbations'),
      hospitalExacerbations: facts.current('exacerbation-admissions'),
      mmrc: facts.current('mmrc'),
      cat: facts.current('cat'),
    },
    facts.day,
  );
  if (group.kind === 'undecided') return undecided(group.rule, group.missing);
  const colour = combineColours({ copd: { group: group.value.group } }, facts.day);
  return colour.kind === 'decided' ? decided(colour.rule, colour.value, group.reasons) : colour;
}
