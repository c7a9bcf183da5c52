import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { fieldsOf } from '#kernel/form-shape.ts';
import { FieldButton, FieldEmpty } from '#platform/browser/field/controls.tsx';
import { FieldLine } from '#platform/browser/field/field-form.tsx';
import { goTo, usePathParts } from '#platform/browser/field/navigation.tsx';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { InnerFrame } from './field-frame.tsx';
import { NoRoom, useFormRoom } from './no-room.tsx';
import { usePerson, usePhone } from './phone-context.tsx';
import { whyNotSaved } from './why-not-saved.ts';

/** What changes at the door: how to reach somebody and where they live. Name, sex and identity stay with the workbench. */
const editable = ['phone', 'contactName', 'contactPhone', 'currentAddress', 'registeredAddress', 'workUnit'];

/** Changes single fields of a person; each travels with what stood before, so that two phones never overwrite. */
export function EditScreen() {
  const { id = '' } = usePathParts('/people/:id/edit');
  const person = usePerson(id);
  const found = person.kind === 'there' ? person.value : undefined;
  if (found) return <EditOf person={found} />;
  return (
    <InnerFrame title="改信息" back={`/people/${id}`}>
      {person.kind === 'there' && <FieldEmpty title="本机没有这个人" />}
    </InnerFrame>
  );
}

function EditOf({ person }: { person: PersonDocument }) {
  const { store } = usePhone();
  const [answers, setAnswers] = useState(person.information);
  const [failure, setFailure] = useState<string>();
  const room = useFormRoom(store, true);
  const fields = fieldsOf(personalInformation2017).filter((field) => editable.includes(field.id));
  const changes = editable
    .filter((field) => (answers[field] ?? '') !== (person.information[field] ?? ''))
    .map((field) => ({ field, from: person.information[field] ?? null, to: answers[field] ?? null }));
  const save = async () => {
    const operationId = uuidv7();
    const result = await store.save({
      operationId,
      kind: 'person.edit',
      residentId: person.id,
      body: { baseVersion: person.version, changes },
    });
    if (result.kind === 'refused') return setFailure(whyNotSaved(result));
    goTo(`/people/${person.id}?saved=${operationId}`, 'replace');
  };
  if (room.kind === 'none')
    return (
      <InnerFrame title={`${person.name} · 改信息`} back={`/people/${person.id}`}>
        <NoRoom again={room.again} />
      </InnerFrame>
    );
  return (
    <InnerFrame
      title={`${person.name} · 改信息`}
      back={`/people/${person.id}`}
      action={
        <FieldButton kind="main" disabled={changes.length === 0} onClick={() => void save()}>
          保存{changes.length > 0 && `（${changes.length} 处）`}
        </FieldButton>
      }
    >
      <section className="f-card">
        {fields.map((field) => (
          <FieldLine
            key={field.id}
            field={field}
            edition={personalInformation2017}
            answers={answers}
            subject={{}}
            issues={{ errors: [], warnings: [] }}
            onChange={(id, value) => setAnswers((old) => ({ ...old, [id]: value }))}
          />
        ))}
      </section>
      <p className="f-small f-soft">如果别人同时改了同一项，两个值都会保留，由您或卫生院选定。</p>
      {failure && (
        <div className="f-note" data-state="crisis" role="alert">
          {failure}
        </div>
      )}
    </InnerFrame>
  );
}
