import { refusalWords } from '#capabilities/closing/domain/closing-words.ts';
import { programs } from '#capabilities/residents/domain/program.ts';
import { earlierOf } from '#kernel/plain-date.ts';
import type { PersonDocument, PhoneTask } from './person-document.ts';
import type { PersonLine } from './person-line.ts';
import { waitingReferral } from './referrals-on-phone.ts';

/** What lists and search need of a person. */
export function lineOf(person: PersonDocument): PersonLine {
  const episodes = person.episodes.flatMap(({ dueOn, nextStep }) => (dueOn ? [{ dueOn, nextStep }] : []));
  const owed = (person.contract?.due ?? []).flatMap(({ nextDueOn, label }) =>
    nextDueOn ? [{ dueOn: nextDueOn, label }] : [],
  );
  const earliest = <T extends { readonly dueOn: PersonLine['birthDate'] }>(list: readonly T[]): T | null =>
    list.reduce<T | null>(
      (first, one) => (first === null || earlierOf(first.dueOn, one.dueOn) !== first.dueOn ? one : first),
      null,
    );
  const visits = person.programs.flatMap((one) => one.lastVisitOn ?? []);
  return {
    id: person.id,
    name: person.name,
    initials: person.initials,
    sex: person.sex,
    birthDate: person.birthDate,
    idTail: person.idTail,
    phone: person.phone,
    organizationId: person.organizationId,
    status: person.status,
    programs: person.programs.map((one) => one.program),
    tasks: person.tasks,
    lastVisitOn: visits.toSorted().at(-1) ?? null,
    lastSbp: person.series.sbp?.[0]?.[1] ?? null,
    lastDbp: person.series.dbp?.[0]?.[1] ?? null,
    episode: earliest(episodes),
    call: earliest(person.calls.map(({ campaignId, endsOn, name }) => ({ campaignId, dueOn: endsOn, name }))),
    contract: earliest(owed),
    ask: earliest(
      (person.refusals ?? []).map((one) => ({ dueOn: one.reviewOn, label: refusalWords(one.program) })),
    ),
    referral: waitingReferral(person),
    colour: person.grade?.colour ?? null,
    hasConflict: person.conflicts.length > 0,
  };
}

const kinds: readonly PhoneTask['kind'][] = ['crisis', 'refer', 'recheck', 'routine'];

/** A line by place, a third of its size by name: fifty thousand of them are read at every start. */
export function packLine(line: PersonLine): unknown {
  const packed: unknown[] = [
    line.id,
    line.name,
    line.initials.join(' '),
    line.sex,
    line.birthDate,
    line.idTail,
    line.phone,
    line.organizationId,
    line.status === 'active' ? 0 : line.status,
    line.programs.map((one) => programs.indexOf(one)),
    line.tasks.map((task) => [
      task.id,
      task.enrollmentId,
      programs.indexOf(task.program),
      kinds.indexOf(task.kind),
      task.dueOn,
      task.latestOn,
      task.reason,
    ]),
    line.lastVisitOn,
    line.lastSbp,
    line.lastDbp,
    line.episode && [line.episode.dueOn, line.episode.nextStep],
    line.call && [line.call.campaignId, line.call.dueOn, line.call.name],
    line.contract && [line.contract.dueOn, line.contract.label],
    line.colour,
    line.hasConflict ? 1 : null,
    line.ask && [line.ask.dueOn, line.ask.label],
    line.referral && [line.referral.dueOn, line.referral.label],
  ];
  while (packed.at(-1) === null) packed.pop();
  return packed;
}

type Packed = [
  ...[id: string, name: string, initials: string, sex: PersonLine['sex'], birthDate: PersonLine['birthDate']],
  ...[idTail: string | null, phone: string | null, organizationId: string, status: 0 | PersonLine['status']],
  programs: number[],
  tasks: [string, string, number, number, PersonLine['birthDate'], PersonLine['birthDate'], string][],
  lastVisitOn?: PersonLine['lastVisitOn'],
  lastSbp?: number | null,
  lastDbp?: number | null,
  episode?: [PersonLine['birthDate'], string] | null,
  call?: [string, PersonLine['birthDate'], string] | null,
  contract?: [PersonLine['birthDate'], string] | null,
  colour?: PersonLine['colour'],
  hasConflict?: 1 | null,
  ask?: [PersonLine['birthDate'], string] | null,
  referral?: [PersonLine['birthDate'], string] | null,
];

export function unpackLine(stored: unknown): PersonLine {
  const packed = stored as Packed;
  const [id, name, initials, sex, birthDate, idTail, phone, organizationId, status, own, tasks] = packed;
  const [
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    lastVisitOn,
    lastSbp,
    lastDbp,
    episode,
    call,
    contract,
    colour,
    conflict,
    ask,
    referral,
  ] = packed;
  return {
    id,
    name,
    initials: initials === '' ? [] : initials.split(' '),
    sex,
    birthDate,
    idTail,
    phone,
    organizationId,
    status: status === 0 ? 'active' : status,
    programs: own.map((one) => programs[one] ?? 'hypertension'),
    tasks: tasks.map(([task, enrollmentId, program, kind, dueOn, latestOn, reason]) => ({
      id: task,
      enrollmentId,
      program: programs[program] ?? 'hypertension',
      kind: kinds[kind] ?? 'routine',
      dueOn,
      latestOn,
      reason,
    })),
    lastVisitOn: lastVisitOn ?? null,
    lastSbp: lastSbp ?? null,
    lastDbp: lastDbp ?? null,
    episode: episode ? { dueOn: episode[0], nextStep: episode[1] } : null,
    call: call ? { campaignId: call[0], dueOn: call[1], name: call[2] } : null,
    contract: contract ? { dueOn: contract[0], label: contract[1] } : null,
    ask: ask ? { dueOn: ask[0], label: ask[1] } : null,
    referral: referral ? { dueOn: referral[0], label: referral[1] } : null,
    colour: colour ?? null,
    hasConflict: conflict === 1,
  };
}

/** What somebody is found by: any part of the name, the beginning of the initials, the end of a number. */
export function searchKeysOf(line: PersonLine): {
  readonly anywhere: string;
  readonly starts: readonly string[];
  readonly ends: readonly string[];
} {
  return {
    anywhere: line.name,
    starts: line.initials,
    ends: [line.idTail, line.phone].filter((one) => one !== null).map((one) => one.toLowerCase()),
  };
}
