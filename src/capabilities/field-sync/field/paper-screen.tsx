import { lazy, Suspense, useState } from 'react';
import { followUpPrograms } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import { FieldButton, FieldEmpty, FieldLoading } from '#platform/browser/field/controls.tsx';
import { FieldLink, usePathParts } from '#platform/browser/field/navigation.tsx';
import { FormSheet } from '#platform/browser/form-renderer/form-sheet.tsx';
import type { PersonDocument } from '../domain/person-document.ts';
import { InnerFrame } from './field-frame.tsx';
import { usePerson, usePhone } from './phone-context.tsx';

const Prescription = lazy(async () => ({
  default: (await import('./health-prescription.tsx')).HealthPrescription,
}));

/** What is handed over on paper or shown: the health prescription, the official sheets, the signed summary. */
export function PaperScreen() {
  const { id = '' } = usePathParts('/people/:id/paper');
  const person = usePerson(id);
  const found = person.kind === 'there' ? person.value : undefined;
  return (
    <InnerFrame
      title="表单与处方"
      back={`/people/${id}`}
      action={
        <>
          <FieldLink to={`/people/${id}/summary`} className="f-button">
            签名摘要码
          </FieldLink>
          <FieldButton kind="main" onClick={() => window.print()}>
            打印
          </FieldButton>
        </>
      }
    >
      {person.kind === 'loading' && <FieldLoading />}
      {person.kind === 'there' && (found ? <Papers person={found} /> : <FieldEmpty title="本机没有这个人" />)}
    </InnerFrame>
  );
}

function Papers({ person }: { person: PersonDocument }) {
  const { isDemo } = usePhone();
  const sheets = person.programs.flatMap(({ program, last }) => (last ? [{ program, last }] : []));
  const [shown, setShown] = useState<string>('prescription');
  const sheet = sheets.find((one) => one.program === shown);
  return (
    <>
      <div className="f-chips f-no-print" role="tablist" aria-label="看哪一张">
        <Tab isOn={shown === 'prescription'} onPress={() => setShown('prescription')} label="健康处方" />
        {sheets.map(({ program }) => (
          <Tab
            key={program}
            isOn={shown === program}
            onPress={() => setShown(program)}
            label={`${programLabels[program]}随访表`}
          />
        ))}
      </div>
      {sheet ? (
        <>
          <p className="f-small f-soft f-no-print" style={{ margin: 0 }}>
            正式表样，填了最近一次；以前各次在工作台打印。
          </p>
          <div className="f-paper">
            <FormSheet
              edition={followUpPrograms[sheet.program].edition}
              name={person.name}
              archiveTail={person.archiveNo.slice(-8)}
              records={[sheet.last.answers]}
              isDemo={isDemo}
            />
          </div>
        </>
      ) : (
        <Suspense fallback={<FieldLoading />}>
          <Prescription person={person} />
        </Suspense>
      )}
    </>
  );
}

function Tab(props: { isOn: boolean; onPress: () => void; label: string }) {
  return (
    <button type="button" role="tab" className="f-chip" aria-selected={props.isOn} onClick={props.onPress}>
      {props.label}
    </button>
  );
}
