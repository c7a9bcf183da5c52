import { useMemo } from 'react';
import { assess } from '#clinical/assess/assess.ts';
import { type MedicineWarning, severityLabels } from '#clinical/medicines/medicine-warning.ts';
import { underRows } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { phonePatientRecord } from '../domain/phone-patient-record.ts';
import { useDefinitions } from './use-definitions.ts';

const shownAtFirst = 3;

/** Medicine safety by the same engine as the workbench, from what the phone holds; the gravest first. */
export function MedicineWarnings({ person, today }: { person: PersonDocument; today: PlainDate }) {
  const book = useDefinitions();
  const found = useMemo(() => {
    if (book.kind !== 'there') return undefined;
    const { rows, criticalValues } = book.value;
    return underRows(rows, () => assess(phonePatientRecord(person, criticalValues), today));
  }, [person, today, book]);
  const warnings = found?.medicineWarnings ?? [];
  const critical = [
    ...(found?.emergencies ?? []),
    ...(found?.alerts.filter((one) => one.level === 'critical' || one.level === 'red') ?? []),
  ];
  return (
    <>
      {critical.length > 0 && (
        <section className="f-note" data-state="crisis" aria-label="预警">
          {critical.map((one) => (
            <div key={one.rule.id + one.title + one.reasons.map((why) => why.text).join()}>
              <b>{one.title}</b> {one.reasons.map((why) => why.text).join('')}
            </div>
          ))}
        </section>
      )}
      {warnings.length > 0 && <Warnings warnings={warnings} />}
    </>
  );
}

function Warnings({ warnings }: { warnings: readonly MedicineWarning[] }) {
  return (
    <section className="f-note" data-state="late" aria-label="用药安全">
      <b>用药要注意</b>
      <ul className="f-small" style={{ margin: '4px 0 0', paddingLeft: 18 }}>
        {warnings.slice(0, shownAtFirst).map((warning) => (
          <li key={warning.ruleId + warning.medicines.join()}>
            <b>{warning.medicines.join('、')}</b>（{severityLabels[warning.severity]}）{warning.effect}
            {warning.action}
          </li>
        ))}
      </ul>
      {warnings.length > shownAtFirst && (
        <span className="f-small">还有 {warnings.length - shownAtFirst} 条</span>
      )}
    </section>
  );
}
