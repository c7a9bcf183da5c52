import { useMemo } from 'react';
import { uuidv7 } from 'uuidv7';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { FieldButton, FieldLoading } from '#platform/browser/field/controls.tsx';
import { FieldLine } from '#platform/browser/field/field-form.tsx';
import { goTo, useLocation } from '#platform/browser/field/navigation.tsx';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import {
  answerRegistration,
  checkRegistration,
  nothingToReport,
  openOf,
  registrationEssentials,
  registrationStart,
  unknownForNow,
} from '../domain/registration.ts';
import { InnerFrame } from './field-frame.tsx';
import { FormPage } from './form-page.tsx';
import { NoRoom } from './no-room.tsx';
import { usePhone, usePhoneToday } from './phone-context.tsx';
import { refusalOf } from './refusal-of.ts';
import { isOnPhone } from './replace-refused.ts';
import { typedAs, useKeptDraft } from './use-kept-draft.ts';

interface RegisterDraft {
  readonly operationId: string;
  readonly residentId: string;
  readonly organizationId: string;
  readonly answers: FormAnswers;
}

/** A new resident: who it is first, then the rest of the national form with one press for what does not apply. */
export function RegisterScreen() {
  const { store } = usePhone();
  const today = usePhoneToday();
  const { query } = useLocation();
  const mended = query.get('operation') ?? undefined;
  const directory = store.directory();
  const villages = directory.organizations.filter((one) => one.kind === 'village-clinic');
  const own = villages.find((one) => one.id === directory.organizationId) ?? villages[0];
  const { draft, change, saveWith, wasKept, room } = useKeptDraft<RegisterDraft>(
    store,
    mended ? typedAs(mended) : 'register',
    () => ({
      operationId: uuidv7(),
      residentId: uuidv7(),
      organizationId: own?.id ?? '',
      answers: registrationStart,
    }),
    (kept) => mended !== undefined || !isOnPhone(store, kept.operationId),
  );
  const checked = useMemo(() => checkRegistration(draft?.answers ?? {}, today), [draft, today]);
  const twin = useMemo(() => {
    const idNo = draft?.answers.idNo;
    if (typeof idNo !== 'string' || idNo.length < 15) return undefined;
    return store.search(idNo.slice(-6), 5).find((line) => line.birthDate === draft?.answers.birthDate);
  }, [store, draft]);
  if (!draft)
    return (
      <InnerFrame title="建档">
        {room.kind === 'none' ? <NoRoom again={room.again} /> : <FieldLoading />}
      </InnerFrame>
    );
  const { answers } = draft;
  const subject = {};
  const set = (more: FormAnswers) => change((old) => ({ ...old, answers: { ...old.answers, ...more } }));
  const onChange = (id: string, value: unknown) =>
    change((old) => ({ ...old, answers: answerRegistration(old.answers, id, value) }));
  const nothing = openOf(nothingToReport, answers);
  const unknown = openOf(unknownForNow, answers);
  return (
    <FormPage
      title="建档"
      back="/"
      edition={withoutEssentials}
      answers={answers}
      subject={subject}
      errors={checked.errors}
      warnings={checked.warnings}
      refusal={refusalOf(store, mended)}
      saveLabel={mended ? '重新建档' : '建档'}
      onChange={onChange}
      onSave={async (confirmed) => {
        const body = {
          organizationId: draft.organizationId,
          answers: { ...checked.answers },
          confirmed: [...confirmed],
        };
        const { operationId, residentId } = draft;
        const operation = { operationId, kind: 'resident.register', residentId, body } as const;
        const result = await saveWith(operationId, (drafts) =>
          mended ? store.resolve(mended, { kind: 'replace', body }, drafts) : store.save(operation, drafts),
        );
        if (result.kind === 'refused') return result;
        goTo(`/people/${draft.residentId}?saved=${draft.operationId}`, 'replace');
        return result;
      }}
    >
      {wasKept && !mended && (
        <div className="f-note">
          接着上次没写完的建档。
          <button
            type="button"
            className="f-link"
            onClick={() =>
              change(() => ({
                operationId: uuidv7(),
                residentId: uuidv7(),
                organizationId: own?.id ?? '',
                answers: registrationStart,
              }))
            }
          >
            重新开始
          </button>
        </div>
      )}
      {twin && (
        <div className="f-note" data-state="late">
          本机已有 {twin.name}（证件尾号相同、出生日期相同），请先核对是否已建档。
        </div>
      )}
      <section className="f-card">
        {registrationEssentials.map((id) => {
          const field = essentialFields.find((one) => one.id === id);
          return field ? (
            <FieldLine
              key={id}
              field={field}
              edition={personalInformation2017}
              answers={answers}
              subject={subject}
              issues={{
                errors: checked.errors.filter(
                  (issue) =>
                    issue.code !== 'missing' && !(issue.path === 'idNo' && isHalfTyped(answers.idNo)),
                ),
                warnings: checked.warnings,
              }}
              onChange={onChange}
            />
          ) : null;
        })}
        {villages.length > 1 && (
          <label className="f-field">
            <span className="f-label">管理村卫生室</span>
            <select
              className="f-input"
              value={draft.organizationId}
              onChange={(event) => change((old) => ({ ...old, organizationId: event.target.value }))}
            >
              {villages.map((village) => (
                <option key={village.id} value={village.id}>
                  {village.name}
                </option>
              ))}
            </select>
          </label>
        )}
      </section>
      {Object.keys(nothing).length > 0 && (
        <FieldButton onClick={() => set(nothing)}>问过了：过敏、既往、家族史、残疾都没有</FieldButton>
      )}
      {Object.keys(unknown).length > 0 && (
        <FieldButton kind="quiet" onClick={() => set(unknown)}>
          血型、文化、婚姻暂不清楚，以后补
        </FieldButton>
      )}
    </FormPage>
  );
}

const essentialFields = personalInformation2017.groups.flatMap((group) =>
  group.fields.filter((field) => registrationEssentials.includes(field.id)),
);

/** The rest of the form: what stands above is not asked twice. */
const withoutEssentials: FormEdition = {
  ...personalInformation2017,
  groups: personalInformation2017.groups.map((group) => ({
    ...group,
    fields: group.fields.filter(
      (field) => !registrationEssentials.includes(field.id) && field.id !== 'archiveNo',
    ),
  })),
};

function isHalfTyped(value: unknown): boolean {
  return typeof value === 'string' && value.length < 18;
}
