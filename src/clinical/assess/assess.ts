import type { PlainDate } from '#kernel/plain-date.ts';
import { adviseLifestyle } from './advise-lifestyle.ts';
import { findAlerts } from './assess-alerts.ts';
import { suggestCare } from './assess-care.ts';
import { assessPrograms } from './assess-programs.ts';
import { assessRisks, assessTargets, estimatedFiltration } from './assess-risks.ts';
import type { Assessment, Finding, ProgramAssessment } from './assessment.ts';
import { emergencyTasks, findEmergencies } from './find-emergencies.ts';
import { findPastDangers } from './find-past-dangers.ts';
import { listTasks } from './list-tasks.ts';
import type { PatientRecord } from './patient-record.ts';
import { planVisits } from './plan-visits.ts';
import { type Facts, readFacts } from './read-facts.ts';
import { warnOfMedicines } from './warn-of-medicines.ts';

const none: readonly never[] = [];

/**
 * Assesses a person on a day from their record, in the fixed order: what cannot be right, emergencies, both tracks of
 * every disease, goals, medicine safety, suggestions, what is due, risks and labels, the merged plan, advice. An
 * emergency stops the rest: what is left is first aid, referral and the day to ask what became of it. The same record
 * and day give the same answer everywhere, in whatever order its rows stand; no clock, no input or output; it never
 * throws, whatever the record.
 * @source 平台默认：一次就诊的评估顺序
 */
export function assess(record: PatientRecord, day: PlainDate): Assessment {
  const facts = readFacts(record, day);
  const alerts = findAlerts(facts);
  const emergencies = findEmergencies(facts, alerts);
  if (emergencies.length > 0)
    return {
      day,
      ageYears: facts.ageYears,
      problems: facts.problems,
      emergencies,
      alerts: none,
      pastDangers: none,
      programs: none,
      targets: none,
      medicineWarnings: none,
      unknownMedicines: none,
      suggestions: none,
      tasks: emergencyTasks(facts),
      strata: none,
      plan: undefined,
      advice: none,
    };
  const kidney = estimatedFiltration(facts);
  const egfr = kidney.kind === 'decided' ? kidney.value.egfr : undefined;
  const visits = planVisits(facts);
  return {
    day,
    ageYears: facts.ageYears,
    problems: facts.problems,
    emergencies,
    alerts,
    pastDangers: findPastDangers(facts, alerts),
    programs: assessPrograms(facts).map((one) => withLastDaysOf(one, facts)),
    targets: withLastDays(assessTargets(facts), facts),
    medicineWarnings: warnOfMedicines(facts, egfr),
    unknownMedicines: facts.unknownMedicines,
    suggestions: withLastDays(suggestCare(facts, egfr), facts),
    tasks: listTasks(facts, visits.tasks),
    strata: assessRisks(facts, kidney),
    plan: visits.plan,
    advice: adviseLifestyle(facts, egfr),
  };
}

/** What is missing because it was measured too long ago says when that was. */
function withLastDays(findings: readonly Finding[], facts: Facts): readonly Finding[] {
  return findings.map((one) => withLastDay(one, facts));
}

const withLastDay = (one: Finding, facts: Facts): Finding =>
  one.missing.length === 0 ? one : { ...one, missing: facts.withLastDays(one.missing) };

const withLastDaysOf = (one: ProgramAssessment, facts: Facts): ProgramAssessment => ({
  ...one,
  publicHealth: withLastDay(one.publicHealth, facts),
  clinical: one.clinical && withLastDay(one.clinical, facts),
});
