import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { type ConsultationLine, fileConsultation, stepConsultation } from '../contract.ts';
import {
  type ConsultationDeed,
  consultationStates,
  deedRule,
  missingConsultationWord,
  type PlainConsultationDeed,
} from '../domain/consultation-states.ts';
import { OpinionForm } from './opinion-form.tsx';
import { refreshed } from './refreshed.ts';

const actions = {
  answer: 'consultations.answer',
  accept: 'consultations.step',
  decline: 'consultations.step',
  withdraw: 'consultations.step',
  file: 'consultations.file',
} as const satisfies Readonly<Record<ConsultationDeed, string>>;

/** What this house may do with a consultation now; what has to be said opens a place to say it. */
export function ConsultationDeeds({ line, children }: { line: ConsultationLine; children: ReactNode }) {
  const { role } = useActor();
  const [saying, setSaying] = useState<ConsultationDeed>();
  const [note, setNote] = useState('');
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed);
  const deeds = line.deeds.filter((deed) => mayDo(role, actions[deed]));
  const done = () => {
    renew();
    setSaying(undefined);
    setNote('');
  };
  const step = async (deed: PlainConsultationDeed) => {
    const { operationId } = ids;
    const moved = await run(
      () =>
        callApi(stepConsultation, {
          params: { consultationId: line.id },
          body: { operationId, version: line.version, deed, note: deedRule(deed).asks ? note : '' },
        }),
      consultationStates[deedRule(deed).to],
    );
    if (moved) done();
  };
  const file = async () => {
    const { operationId, id: recordId } = ids;
    const moved = await run(
      () =>
        callApi(fileConsultation, {
          params: { consultationId: line.id },
          body: { operationId, version: line.version, recordId },
        }),
      '已存入会诊记录表',
    );
    if (moved) done();
  };
  const press = (deed: ConsultationDeed) => {
    if (deed === 'file') void file();
    else if (deed === 'answer' || deedRule(deed).asks) setSaying(saying === deed ? undefined : deed);
    else void step(deed);
  };
  return (
    <>
      <div className="row">
        {deeds.map((deed, index) => (
          <Button
            key={deed}
            type={index === 0 && deedRule(deed).asks === undefined ? 'primary' : 'default'}
            loading={busy && saying === undefined && deedRule(deed).asks === undefined}
            onClick={() => press(deed)}
          >
            {deedRule(deed).label}
          </Button>
        ))}
        {children}
      </div>
      {saying === 'answer' && deeds.includes(saying) && <OpinionForm line={line} onDone={done} />}
      {(saying === 'decline' || saying === 'withdraw') && deeds.includes(saying) && (
        <div className="row" style={{ marginTop: 6 }}>
          <Input
            autoFocus
            aria-label={`${deedRule(saying).label}的说明`}
            placeholder={deedRule(saying).asks ?? ''}
            maxLength={300}
            style={{ width: 360, maxWidth: '100%' }}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button
            danger={saying === 'decline'}
            loading={busy}
            disabled={missingConsultationWord(saying, note) !== undefined}
            onClick={() => void step(saying)}
          >
            确认{deedRule(saying).label}
          </Button>
        </div>
      )}
      <WriteProblem problem={problem} />
    </>
  );
}
