import type { Reason } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { BinaryRows } from './binary-rows.ts';
import type { DemoCare, DemoEnrollment, DemoSheet, DemoTask } from './demo-care.ts';
import { OrderedJson } from './ordered-json.ts';
import { type PeopleRows, peopleTables } from './people-tables.ts';
import type { IdMaker } from './random.ts';
import { ReadyDate, ReadyUuid, readyValues } from './ready-values.ts';
import type { RowContext } from './row-context.ts';
import { writeBytes, writeJsonText } from './write-utf8.ts';

type Verdict = DemoSheet['verdicts'][number];
type Measurement = DemoSheet['measurements'][number];

/** Keys in the order in which a jsonb keeps them, here and below. */
const editions = {
  form: 'hypertension-follow-up',
  count: 'PHS-3/policy-B',
  control: { clinical: 'HTN-08', statutory: 'HTN-15-control' },
};
const bytesOf = (text: string): Uint8Array => Buffer.from(text);
/** A jsonb begins with the version of its form, a json with its text. */
const [jsonbVersion, noVersion] = [Uint8Array.of(1), new Uint8Array()];
const codeHead = bytesOf('{"code":');
const textHead = bytesOf(',"text":');

/** What all verdicts of a rule in one edition have in common. */
interface RuleBytes {
  readonly verdict: Pick<Verdict, 'edition' | 'certainty'>;
  readonly rule: Uint8Array;
  /** Edition, clause and certainty. */
  readonly said: Uint8Array;
}

/** Writes the rows of people's care. What repeats from row to row is made into bytes once. */
export class CareRows {
  readonly #rows: PeopleRows;
  readonly #resident = new ReadyUuid();
  readonly #sheet = new ReadyUuid();
  readonly #on = new ReadyDate();
  readonly #answers = new Map<string, OrderedJson>();
  readonly #editions = new OrderedJson();
  readonly #units = new Map<string, Map<string | null, Uint8Array>>();
  readonly #kinds = new Map<string, Uint8Array>();
  readonly #rules = new Map<string, Map<string, RuleBytes>>();

  constructor(rows: PeopleRows) {
    this.#rows = rows;
  }

  /** Writes all rows of a person's care. */
  write(context: RowContext, ids: IdMaker, residentId: string, care: DemoCare): void {
    this.#resident.set(residentId);
    for (const enrollment of care.enrollments) this.#enrollment(context, enrollment);
    for (const sheet of care.sheets) {
      this.#sheet.set(sheet.id);
      this.#on.set(sheet.on);
      this.#sheetRow(context, sheet);
      for (const measurement of sheet.measurements) this.#measurement(context, measurement, sheet.on);
      for (const verdict of sheet.verdicts) this.#verdict(context, verdict);
    }
    for (const task of care.tasks) this.#task(context, ids.next(), task);
    for (const year of care.years) this.#year(context, year);
  }

  #enrollment({ county, place, doctor }: RowContext, e: DemoEnrollment): void {
    this.#rows.enrollment
      .row(peopleTables.enrollment.length)
      .ready(county)
      .uuid(e.id)
      .ready(this.#resident.bytes)
      .ready(place)
      .text(e.program)
      .date(e.enrolledOn)
      .text(e.diagnosedOn)
      .text('demo')
      .date(e.closedOn)
      .text(e.closeReason)
      .integer(1)
      .moment(e.enrolledOn, 10)
      .ready(doctor);
  }

  #sheetRow({ county, place, doctor }: RowContext, sheet: DemoSheet): void {
    const id = this.#sheet.bytes;
    let answers = this.#answers.get(sheet.form);
    if (!answers) {
      answers = new OrderedJson();
      this.#answers.set(sheet.form, answers);
    }
    this.#rows.form_record
      .row(peopleTables.form_record.length)
      .ready(county)
      .ready(id)
      .ready(id)
      .ready(id)
      .ready(this.#resident.bytes)
      .ready(place)
      .text(sheet.form)
      .text(sheet.edition)
      .ready(this.#on.bytes)
      .text(sheet.mode)
      .text('complete')
      .json(answers, sheet.answers)
      .uuid(sheet.supersedesId)
      .uuid(sheet.supersededBy)
      .text(sheet.correctionReason)
      .moment(sheet.receivedOn, sheet.supersededBy === null ? 11 : 10)
      .ready(doctor);
  }

  #measurement({ county, path }: RowContext, measurement: Measurement, visitOn: PlainDate): void {
    const row = this.#rows.measurement
      .row(peopleTables.measurement.length)
      .ready(county)
      .ready(this.#sheet.bytes)
      .ready(this.#kindOf(measurement))
      .ready(this.#resident.bytes)
      .ready(path)
      .hundredths(measurement.value)
      .ready(this.#unitOf(measurement));
    if (measurement.on === visitOn) row.ready(this.#on.bytes);
    else row.date(measurement.on);
  }

  #kindOf({ kind }: Measurement): Uint8Array {
    let bytes = this.#kinds.get(kind);
    if (!bytes) {
      bytes = readyValues((row) => row.text(kind));
      this.#kinds.set(kind, bytes);
    }
    return bytes;
  }

  /** Unit and context. */
  #unitOf({ unit, context }: Measurement): Uint8Array {
    let byContext = this.#units.get(unit);
    if (!byContext) {
      byContext = new Map();
      this.#units.set(unit, byContext);
    }
    let bytes = byContext.get(context);
    if (!bytes) {
      bytes = readyValues((row) => row.text(unit).text(context));
      byContext.set(context, bytes);
    }
    return bytes;
  }

  #verdict({ county, path }: RowContext, verdict: Verdict): void {
    const rule = this.#ruleOf(verdict);
    const rows = this.#rows.verdict
      .row(peopleTables.verdict.length)
      .ready(county)
      .ready(this.#sheet.bytes)
      .ready(rule.rule)
      .ready(this.#resident.bytes)
      .ready(path)
      .ready(rule.said)
      .text(verdict.outcome);
    writeReasons(rows, noVersion, verdict.reasons).ready(this.#on.bytes);
  }

  #ruleOf(verdict: Verdict): RuleBytes {
    let byClause = this.#rules.get(verdict.ruleId);
    if (!byClause) {
      byClause = new Map();
      this.#rules.set(verdict.ruleId, byClause);
    }
    const { clause, edition, certainty } = verdict;
    const known = byClause.get(clause);
    if (known && known.verdict.edition === edition && known.verdict.certainty === certainty) return known;
    const made = {
      verdict: { edition, certainty },
      rule: readyValues((row) => row.text(verdict.ruleId)),
      said: readyValues((row) => row.text(edition).text(clause).text(certainty)),
    };
    byClause.set(clause, made);
    return made;
  }

  #task({ county, place, today }: RowContext, id: string, task: DemoTask): void {
    this.#rows.follow_up_task
      .row(peopleTables.follow_up_task.length)
      .ready(county)
      .uuid(id)
      .ready(this.#resident.bytes)
      .uuid(task.enrollmentId)
      .ready(place)
      .text(task.program)
      .text(task.kind)
      .small(task.rank)
      .date(task.dueOn)
      .date(task.latestOn)
      .text(task.reason)
      .uuid(task.openedBy)
      .moment(today, 0);
  }

  #year({ county, path }: RowContext, { year, enrollmentId, judged }: DemoCare['years'][number]): void {
    const rows = this.#rows.management_year
      .row(peopleTables.management_year.length)
      .ready(county)
      .text('hypertension')
      .small(year)
      .ready(this.#resident.bytes)
      .uuid(enrollmentId)
      .ready(path)
      .boolean(judged.managed)
      .boolean(judged.standard);
    writeReasons(rows, jsonbVersion, judged.standardReasons)
      .date(judged.lastVisit?.on ?? null)
      .small(judged.lastVisit?.sbp ?? null)
      .small(judged.lastVisit?.dbp ?? null)
      .boolean(judged.controlledStatutory)
      .boolean(judged.controlledClinical);
    writeReasons(rows, jsonbVersion, judged.controlReasons)
      .jsonb(this.#editions, editions)
      .date(judged.validFrom)
      .date(judged.validThrough);
  }
}

/** A json or jsonb that holds reasons. */
function writeReasons(rows: BinaryRows, version: Uint8Array, reasons: readonly Reason[]): BinaryRows {
  let most = 3;
  // A letter that has to be escaped takes six bytes.
  for (const { code, text } of reasons) most += (code.length + text.length) * 6 + 24;
  let at = rows.open(most);
  const { bytes } = rows;
  at = writeBytes(bytes, at, version);
  bytes[at++] = 0x5b;
  for (let i = 0; i < reasons.length; i++) {
    const { code, text } = reasons[i] as Reason;
    if (i > 0) bytes[at++] = 0x2c;
    at = writeJsonText(bytes, writeBytes(bytes, at, codeHead), code);
    at = writeJsonText(bytes, writeBytes(bytes, at, textHead), text);
    bytes[at++] = 0x7d;
  }
  bytes[at++] = 0x5d;
  return rows.close(at);
}
