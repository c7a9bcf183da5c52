import { useMemo } from 'react';
import { assess } from '#clinical/assess/assess.ts';
import { severityLabels } from '#clinical/medicines/medicine-warning.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { phonePatientRecord } from '../domain/phone-patient-record.ts';

const shownAtFirst = 3;

/** Medicine safety by the same engine as the workbench, from what the phone holds; the gravest first. */
export function MedicineWarnings({ person, today }: { person: PersonDocument; today: PlainDate }) {
  const warnings = useMemo(() => assess(phonePatientRecord(person), today).medicineWarnings, [person, today]);
  if (warnings.length === 0) return null;
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
