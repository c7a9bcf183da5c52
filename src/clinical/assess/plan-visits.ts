import { type Parameter, rowOn, valueOn } from '#kernel/dated.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import {
  copdLongestRoutineDays,
  copdRecheckDays,
  copdReferAfterVisits,
  copdRoutineDays,
} from '../copd/follow-up-parameters.ts';
import {
  diabetesLongestRoutineDays,
  diabetesRecheckDays,
  diabetesReferAfterVisits,
  diabetesRoutineDays,
} from '../diabetes/follow-up-parameters.ts';
import { joinNextVisits } from '../follow-up/join-next-visits.ts';
import {
  longestRoutineDays,
  recheckDays,
  referAfterUncontrolledVisits,
  routineDays,
} from '../hypertension/follow-up-parameters.ts';
import { planClinicalContact } from '../hypertension/plan-clinical-contact.ts';
import { listVisitItems } from '../multimorbidity/multimorbidity.ts';
import { type DueTask, findingOf, type MergedPlan } from './assessment.ts';
import { engineTimes } from './engine-parameters.ts';
import type { AssessedProgram } from './patient-record.ts';
import type { Facts } from './read-facts.ts';
import { taskOf } from './task-of.ts';

interface Intervals {
  readonly name: string;
  readonly ruleId: string;
  readonly routine: Parameter<number>;
  readonly longest: Parameter<number>;
  readonly recheck: Parameter<number>;
  readonly referAfter: Parameter<number>;
}

const intervals: Readonly<Record<AssessedProgram, Intervals>> = {
  hypertension: {
    name: '高血压',
    ruleId: 'HTN-14',
    routine: routineDays,
    longest: longestRoutineDays,
    recheck: recheckDays,
    referAfter: referAfterUncontrolledVisits,
  },
  'type-2-diabetes': {
    name: '糖尿病',
    ruleId: 'DM-18',
    routine: diabetesRoutineDays,
    longest: diabetesLongestRoutineDays,
    recheck: diabetesRecheckDays,
    referAfter: diabetesReferAfterVisits,
  },
  copd: {
    name: '慢阻肺',
    ruleId: 'COPD-10',
    routine: copdRoutineDays,
    longest: copdLongestRoutineDays,
    recheck: copdRecheckDays,
    referAfter: copdReferAfterVisits,
  },
};

const programs = Object.keys(intervals) as readonly AssessedProgram[];

function isIn(facts: Facts, program: AssessedProgram): boolean {
  for (const one of facts.record.programs) if (one.program === program) return true;
  return false;
}

interface OwnDate {
  readonly key: AssessedProgram;
  readonly proposedOn: PlainDate;
  readonly task: DueTask;
}

export interface VisitPlan {
  readonly tasks: readonly DueTask[];
  readonly plan: MergedPlan | undefined;
}

/** The next visit of each programme by its own rules, as tasks, and all of them joined into one plan. */
export function planVisits(facts: Facts): VisitPlan {
  const { day } = facts;
  const own: OwnDate[] = [];
  for (const program of programs) if (isIn(facts, program)) own.push(ownDateOf(facts, program));
  if (own.length === 0) return { tasks: [], plan: undefined };
  const tasks = own.map((one) => one.task);
  addReferrals(facts, tasks);
  const sooner = clinicalContactOf(facts);
  const dates = own.map(({ key, proposedOn }) => ({
    key,
    proposedOn: key === 'hypertension' && sooner && sooner.to < proposedOn ? sooner.to : proposedOn,
  }));
  const joint = joinNextVisits(dates, day);
  if (joint.kind === 'undecided') return { tasks, plan: undefined };
  const { on, together, byKey } = joint.value;
  const isSooner = sooner !== undefined && dates.some((one) => one.proposedOn === sooner.to);
  const reasons = isSooner ? [...joint.reasons, ...sooner.reasons] : joint.reasons;
  const finding = findingOf('合并随访', { ...joint, reasons }, () => ({
    outcome: on < day ? `应于 ${on}，已过期` : on,
    tone: on < day ? 'caution' : 'plain',
  }));
  const items = findingOf('到时要做', listVisitItems({ conditions: facts.conditions }, day), (value) => ({
    outcome: `${value.length} 项`,
    tone: 'plain',
  }));
  return { tasks, plan: { on, together, byProgram: byKey, items, finding } };
}

/** The date the last sheet set, never later than its class allows; without a visit, today. */
function ownDateOf(facts: Facts, program: AssessedProgram): OwnDate {
  const { day, record } = facts;
  const { name, ruleId, routine, longest, recheck } = intervals[program];
  const [last] = facts.visits[program];
  const label = `${name}随访`;
  if (!last) {
    const task = taskOf('follow-up', label, day, day, day, '在管而没有随访记录', ruleId, rowOn(recheck, day));
    return { key: program, proposedOn: day, task };
  }
  const isRoutine = last.formClass === 1 || last.formClass === undefined;
  const row = rowOn(isRoutine ? routine : recheck, last.on);
  const latest = addDays(last.on, isRoutine ? valueOn(longest, last.on) : row.value);
  const set = record.nextVisits?.[program];
  const proposedOn = set !== undefined && set > last.on && set <= latest ? set : addDays(last.on, row.value);
  const reason = isRoutine ? `上次 ${last.on} 控制满意` : `上次 ${last.on} 未满意，须2周内复查`;
  return {
    key: program,
    proposedOn,
    task: taskOf(
      isRoutine ? 'follow-up' : 'recheck',
      isRoutine ? label : `${name}两周复查`,
      isRoutine ? proposedOn : last.on,
      isRoutine ? latest : proposedOn,
      day,
      reason,
      ruleId,
      row,
    ),
  };
}

/** The guideline asks for contact sooner while its own goal is not met; it never lengthens anything. */
function clinicalContactOf(facts: Facts) {
  const [last] = facts.visits.hypertension;
  if (!last) return undefined;
  const control = facts.pressureControl('clinical');
  if (control.kind === 'undecided') return undefined;
  const contact = planClinicalContact({ atTarget: control.value === 'controlled' }, last.on);
  return contact.kind === 'decided' ? { to: contact.value.to, reasons: contact.reasons } : undefined;
}

/** Referral asked for by the classes of the last visits, and outcomes of referrals not yet known. */
function addReferrals(facts: Facts, tasks: DueTask[]): void {
  const { day } = facts;
  const times = rowOn(engineTimes, day);
  const open = facts.record.openReferrals ?? [];
  for (const program of programs) {
    const visits = facts.visits[program];
    const [last] = visits;
    if (!last || !isIn(facts, program)) continue;
    const { name, ruleId, recheck, referAfter } = intervals[program];
    const after = rowOn(referAfter, day);
    let run = 0;
    while (run < after.value && (visits[run]?.formClass === 2 || visits[run]?.formClass === 3)) run++;
    const isComplication = last.formClass === 4;
    if ((run < after.value && !isComplication) || open.some((on) => on >= last.on)) continue;
    const why = isComplication ? '新发或加重的并发症' : `连续 ${run} 次控制不满意或有不良反应`;
    const until = addDays(last.on, times.value.referralDays);
    const row = isComplication ? rowOn(recheck, day) : after;
    tasks.push(taskOf('referral', `${name}转诊`, last.on, until, day, why, ruleId, row));
  }
  for (const on of open.toSorted())
    if (on <= day) {
      const until = addDays(on, times.value.referralDays);
      tasks.push(taskOf('referral-check', '随访转诊结果', on, until, day, `${on} 已转诊`, 'HTN-16', times));
    }
}
