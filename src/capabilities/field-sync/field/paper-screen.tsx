import { lazy, Suspense, useState } from 'react';
import { followUpFormOf } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { type Program, programLabels } from '#capabilities/residents/domain/program.ts';
import { FieldButton, FieldEmpty, FieldLoading } from '#platform/browser/field/controls.tsx';
import { FieldLink, usePathParts } from '#platform/browser/field/navigation.tsx';
import { FormSheet } from '#platform/browser/form-renderer/form-sheet.tsx';
import type { PersonDocument } from '../domain/person-document.ts';
import { InnerFrame } from './field-frame.tsx';
import { usePerson, usePhone } from './phone-context.tsx';
import { useDefinitions } from './use-definitions.ts';

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
          <OfficialSheet person={person} program={sheet.program} last={sheet.last} />
        </>
      ) : (
        <Suspense fallback={<FieldLoading />}>
          <Prescription person={person} />
        </Suspense>
      )}
    </>
  );
}

/** The last sheet on the form it was filled in on: another edition would print its codes under the wrong words. */
function OfficialSheet(props: {
  person: PersonDocument;
  program: Program;
  last: NonNullable<PersonDocument['programs'][number]['last']>;
}) {
  const { isDemo } = usePhone();
  const { person, program, last } = props;
  const book = useDefinitions();
  if (book.kind === 'loading') return <FieldLoading />;
  if (book.kind === 'failed') return <FieldEmpty title="没能读取本机的表样">{book.message}</FieldEmpty>;
  const edition = book.value.edition(followUpFormOf(program), last.edition);
  if (!edition)
    return (
      <FieldEmpty title={`本机没有 ${last.edition} 版的表样`}>
        请联网同步或更新应用后再打印；在工作台也能打印。
      </FieldEmpty>
    );
  return (
    <div className="f-paper">
      <FormSheet
        edition={edition}
        name={person.name}
        archiveTail={person.archiveNo.slice(-8)}
        records={[last.answers]}
        isDemo={isDemo}
      />
    </div>
  );
}

function Tab(props: { isOn: boolean; onPress: () => void; label: string }) {
  return (
    <button type="button" role="tab" className="f-chip" aria-selected={props.isOn} onClick={props.onPress}>
      {props.label}
    </button>
  );
}
