import type { Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { checkReading, findReadingKind, orderableTests } from '#standards/measurements/reading-kinds.ts';
import type { Moved } from '../contract.ts';
import type { BoxId } from '../domain/flow-boxes.ts';
import { type History, printHistory } from '../domain/history-parts.ts';
import { readFlowSettings } from './flow-settings.ts';
import { holdVisit, readFlowFacts } from './hold-visit.ts';
import { insertReadings } from './insert-readings.ts';
import { placeVisit, type Stop, walkVisit } from './walk-visit.ts';

export interface FindingsInput {
  readonly operationId: string;
  readonly visitId: string;
  readonly version: number;
  readonly recordId: string;
  readonly section: 'history' | 'examination' | 'tests';
  readonly history: History;
  readonly text: string;
  readonly takenAt: string;
  readonly takenOn?: PlainDate | undefined;
  readonly readings: readonly { readonly kind: string; readonly value: number; readonly context: string }[];
  readonly orders: readonly string[];
  readonly results: readonly { readonly code: string; readonly text: string }[];
  readonly today: PlainDate;
  readonly now: Date;
}

const boxes: readonly BoxId[] = ['B3', 'B4', 'B5'];
const boxOf = { history: 'B3', examination: 'B4', tests: 'B5' } as const;

/**
 * Writes history, examination or tests of a visit: text, orders, and readings as typed rows. The visit walks on to that
 * box when it is not there yet; what is added later stands as a note where the visit is, since the order may overlap.
 */
export async function writeFindings(
  tx: Transaction<Tables>,
  actor: Actor,
  input: FindingsInput,
): Promise<Moved | Refused> {
  const visit = await holdVisit(tx, actor, input.visitId, input.version);
  if ('kind' in visit) return visit;
  const takenOn = input.takenOn ?? input.today;
  const issues = checkFindings(input, takenOn, visit.birth_date);
  if (issues.length > 0) return refused('invalid-input', { issues });
  const readings = withIndex(input.readings).map((one) => ({
    ...one,
    // The index is reckoned here, nobody types it.
    unit: findReadingKind(one.kind)?.unit ?? 'kg/m2',
  }));
  const content = {
    section: input.section,
    ...(printHistory(input.history) === '' ? {} : { history: input.history }),
    ...(input.text ? { text: input.text } : {}),
    ...(readings.length > 0 ? { readings, recordId: input.recordId, takenOn, takenAt: input.takenAt } : {}),
    ...(input.orders.length > 0 ? { orders: input.orders } : {}),
    ...(input.results.length > 0 ? { results: input.results } : {}),
  };
  const facts = await readFlowFacts(tx, actor.countyId, visit);
  const { settings } = await readFlowSettings(tx, actor.countyId);
  const at = await walkVisit(
    tx,
    actor,
    visit,
    facts,
    settings,
    stopsTo(visit.box, boxOf[input.section], content),
    input.now,
  );
  if (typeof at !== 'string') return at;
  if (readings.length > 0 || input.results.length > 0)
    await insertReadings(tx, actor, {
      recordId: input.recordId,
      operationId: input.operationId,
      residentId: visit.resident_id,
      orgPath: visit.org_path,
      occurredOn: takenOn,
      readings,
      answers: {
        section: input.section,
        visitId: visit.id,
        takenAt: input.takenAt,
        readings,
        results: input.results,
        text: input.text,
      },
      now: input.now,
    });
  await recordAudit(tx, actor, {
    action: 'visit.findings',
    residentId: visit.resident_id,
    subject: visit.id,
    detail: { section: input.section, readings: readings.length },
    now: input.now,
  });
  return placeVisit(tx, actor, visit, at, input.now);
}

/** The way from where the visit stands to the box of the section; a note where it stands when it is past it. */
function stopsTo(at: BoxId, goal: BoxId, content: Readonly<Record<string, unknown>>): Stop[] {
  const [from, to] = [boxes.indexOf(at), boxes.indexOf(goal)];
  const isBefore = ['B1', 'B2'].includes(at);
  if (!isBefore && from === -1) return [{ to: at, content }];
  if (from >= to) return [{ to: at, content }];
  return boxes.slice(from + 1, to + 1).map((box) => ({ to: box, ...(box === goal ? { content } : {}) }));
}

function checkFindings(input: FindingsInput, takenOn: PlainDate, birthDate: PlainDate): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const refuse = (path: string, code: string, message: string) => issues.push({ path, code, message });
  const isSilent = input.text.trim() === '' && printHistory(input.history) === '';
  if (isSilent && input.readings.length + input.orders.length + input.results.length === 0)
    refuse('text', 'missing', '请填写内容。');
  if (takenOn > input.today) refuse('takenOn', 'future', '测量日期不能晚于今天。');
  if (takenOn < birthDate) refuse('takenOn', 'before-birth', '测量日期早于出生日期。');
  const seen = new Set<string>();
  for (const [index, one] of input.readings.entries()) {
    const message = seen.has(one.kind) ? '同一项目重复。' : checkReading(one);
    if (message) refuse(`readings.${index}.value`, 'implausible', message);
    seen.add(one.kind);
  }
  const value = (kind: string) => input.readings.find((one) => one.kind === kind)?.value;
  const [sbp, dbp] = [value('sbp'), value('dbp')];
  if ((sbp === undefined) !== (dbp === undefined))
    refuse('readings', 'half-pressure', '收缩压与舒张压应一起填写。');
  else if (sbp !== undefined && dbp !== undefined && dbp >= sbp)
    refuse('readings', 'dbp-not-below-sbp', '舒张压应低于收缩压，请核对。');
  const known = orderableTests.map((one) => one.code as string);
  if ([...input.orders, ...input.results.map((one) => one.code)].some((code) => !known.includes(code)))
    refuse('orders', 'unknown', '没有这个检查项目。');
  return issues;
}

/** Height and weight of one sitting give the index, as it is printed. */
function withIndex(readings: FindingsInput['readings']) {
  const value = (kind: string) => readings.find((one) => one.kind === kind)?.value;
  const [height, weight] = [value('height'), value('weight')];
  if (height === undefined || weight === undefined) return [...readings];
  const bmi = Math.round((weight / (height / 100) ** 2) * 10) / 10;
  return [...readings, { kind: 'bmi', value: bmi, context: 'rest' }];
}
