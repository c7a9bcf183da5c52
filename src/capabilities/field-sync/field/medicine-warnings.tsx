import { useDeferredValue, useMemo } from 'react';
import { overlayVisit, visitDayOf } from '#capabilities/assessment/domain/overlay-visit.ts';
import { assess } from '#clinical/assess/assess.ts';
import type { PastDanger } from '#clinical/assess/assessment.ts';
import { isUndecided, type MedicineWarning, severityLabels } from '#clinical/medicines/medicine-warning.ts';
import { underRows } from '#kernel/dated.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { phonePatientRecord } from '../domain/phone-patient-record.ts';
import { drugsAfterVisit } from '../domain/visit-medicines.ts';
import { useAssessment } from './use-assessment.ts';
import type { DefinitionBook } from './use-definitions.ts';

const shownAtFirst = 3;

/** Medicine safety by the same engine as the workbench, from what the phone holds; the gravest first. */
export function MedicineWarnings({ person, today }: { person: PersonDocument; today: PlainDate }) {
  const found = useAssessment(person, today);
  const warnings = found?.medicineWarnings ?? [];
  const critical = [
    ...(found?.emergencies ?? []).map((one) => ({ ...one, on: today })),
    ...(found?.alerts.filter((one) => one.level === 'critical' || one.level === 'red') ?? []),
  ];
  const past = found?.pastDangers.filter((one) => !isAsked(person, one)) ?? [];
  return (
    <>
      {critical.length > 0 && (
        <section className="f-note" data-state="crisis" aria-label="预警">
          {critical.map((one) => (
            <div key={one.rule.id + one.title + one.reasons.map((why) => why.text).join()}>
              <b>{one.title}</b> {one.on < today && `${daysBetween(one.on, today)} 天前（${one.on}）`}
              {one.reasons.map((why) => why.text).join('')}
            </div>
          ))}
        </section>
      )}
      {past.length > 0 && (
        <section className="f-note" data-state="late" aria-label="未复测的危急值">
          {past.map((one) => (
            <div key={one.reasons.map((why) => why.text).join()}>
              <b>{one.title}</b> {one.reasons.map((why) => why.text).join('')}
            </div>
          ))}
        </section>
      )}
      <Warnings warnings={warnings.filter((one) => !isUndecided(one))} />
      <Undecided warnings={warnings.filter(isUndecided)} />
    </>
  );
}

/** Whether an open follow-up after a danger names the same values: the page says it there. */
const isAsked = ({ tasks }: PersonDocument, { values }: PastDanger) =>
  tasks.some(({ kind, reason }) => kind === 'crisis' && values.every((one) => reason.includes(one)));

/** What speaks against the medicines as they stand on the visit being typed; said once something of them was changed. */
export function VisitMedicineWarnings(props: {
  person: PersonDocument;
  answers: FormAnswers;
  book: DefinitionBook;
  today: PlainDate;
}) {
  const { person, book, today } = props;
  // The keys of the pad come first: a sentence of the rules may follow a moment later.
  const answers = useDeferredValue(props.answers);
  const found = useMemo(() => {
    const record = phonePatientRecord(person, today, book.criticalValues);
    const typed = overlayVisit(record, { ...answers, drugs: drugsAfterVisit(answers) }, today);
    return underRows(book.rows, () => assess(typed, visitDayOf(answers, today)));
  }, [person, answers, book, today]);
  const { medicineWarnings, unknownMedicines } = found;
  return (
    <>
      <Warnings warnings={medicineWarnings.filter((one) => !isUndecided(one))} />
      <Undecided warnings={medicineWarnings.filter(isUndecided)} />
      {unknownMedicines.length > 0 && (
        <p className="f-small f-soft" style={{ margin: 0 }}>
          规则不认识、未能核对：{unknownMedicines.join('、')}。
        </p>
      )}
    </>
  );
}

function Warnings({ warnings }: { warnings: readonly MedicineWarning[] }) {
  if (warnings.length === 0) return null;
  const later = warnings.slice(shownAtFirst);
  return (
    <section className="f-note" data-state="late" aria-label="用药安全">
      <b>用药要注意</b>
      <Lines warnings={warnings.slice(0, shownAtFirst)} />
      {later.length > 0 && (
        <details className="f-small">
          <summary>还有 {later.length} 条</summary>
          <Lines warnings={later} />
        </details>
      )}
    </section>
  );
}

/** What a result would settle: said in one line, so that it does not drown what is known. */
function Undecided({ warnings }: { warnings: readonly MedicineWarning[] }) {
  if (warnings.length === 0) return null;
  const needs = [...new Set(warnings.flatMap((one) => one.needs))];
  return (
    <details className="f-card f-small">
      <summary className="f-soft">
        缺{needs.join('、')}，{warnings.length} 条用药提醒未能核对
      </summary>
      <Lines warnings={warnings} />
    </details>
  );
}

function Lines({ warnings }: { warnings: readonly MedicineWarning[] }) {
  return (
    <ul className="f-small" style={{ margin: '4px 0 0', paddingLeft: 18 }}>
      {warnings.map((warning) => (
        <li key={warning.ruleId + warning.medicines.join()}>
          <b>{warning.medicines.join('、')}</b>（{severityLabels[warning.severity]}）{warning.effect}
          {warning.action}
        </li>
      ))}
    </ul>
  );
}
