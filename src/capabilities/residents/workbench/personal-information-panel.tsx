import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { describeAnswer } from '#kernel/form-describe.ts';
import { type FormAnswers, fieldsOf } from '#kernel/form-shape.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { dropDraft, keepDraft, readDraft } from '#platform/browser/draft-store.ts';
import { FormReadView } from '#platform/browser/form-renderer/form-read-view.tsx';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { SaveBar } from '#platform/browser/form-renderer/save-bar.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import {
  listPersonalInformationVersions,
  type ResidentDetail,
  updatePersonalInformation,
} from '../contract.ts';
import { RevealButton } from './reveal-button.tsx';
import { revealFor, withoutIdentity, withWhole } from './reveal-values.ts';

interface EditDraft {
  readonly answers: FormAnswers;
  readonly version: number;
  readonly operationId: string;
  readonly reason: string;
}

/** The basic information to read, change, and look back on. */
export function PersonalInformationPanel({
  person,
  mayWrite,
}: {
  person: ResidentDetail;
  mayWrite: boolean;
}) {
  const draftName = `personal-information:${person.id}`;
  const [edit, setEdit] = useState<EditDraft | undefined>(() => readDraft<EditDraft>(draftName)?.content);
  const { message } = App.useApp();
  const [beginning, setBeginning] = useState(false);
  const [showVersions, setShowVersions] = useState(false);
  useEffect(() => {
    if (edit) keepDraft(draftName, edit);
  }, [edit, draftName]);
  const begin = async () => {
    setBeginning(true);
    try {
      const whole = await revealFor(person.id, 'correction');
      setEdit({
        answers: withWhole(person.personalInformation, whole),
        version: person.version,
        operationId: uuidv7(),
        reason: '',
      });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      void message.error(error.detail || error.title);
    } finally {
      setBeginning(false);
    }
  };
  const close = () => {
    dropDraft(draftName);
    setEdit(undefined);
  };
  if (edit) return <EditPersonalInformation person={person} edit={edit} onChange={setEdit} onDone={close} />;
  return (
    <section className="card">
      <div className="row spread" style={{ marginBottom: 12 }}>
        <h2>个人基本信息</h2>
        <div className="row">
          <RevealButton
            residentId={person.id}
            purpose="treatment"
            within={withoutIdentity(person.personalInformation)}
            size="small"
          />
          <Button size="small" onClick={() => setShowVersions(true)}>
            历史版本
          </Button>
          {mayWrite && (
            <Link
              to="/print/residents/$residentId/personal-information"
              params={{ residentId: person.id }}
              target="_blank"
            >
              <Button size="small">打印</Button>
            </Link>
          )}
          {mayWrite && (
            <Button size="small" loading={beginning} onClick={() => void begin()}>
              修改
            </Button>
          )}
        </div>
      </div>
      <FormReadView edition={personalInformation2017} answers={person.personalInformation} />
      <Modal
        open={showVersions}
        footer={null}
        title="个人基本信息的历史版本"
        onCancel={() => setShowVersions(false)}
        width={720}
      >
        {showVersions && <Versions residentId={person.id} />}
      </Modal>
    </section>
  );
}

function Versions({ residentId }: { residentId: string }) {
  const versions = useQuery({
    queryKey: ['personal-information-versions', residentId],
    queryFn: () => callApi(listPersonalInformationVersions, { params: { residentId } }),
    retry: false,
  });
  if (versions.isPending) return <p>正在加载…</p>;
  if (versions.isLoadingError) return <p>建档以来没有修改过。</p>;
  const items = versions.data.items;
  return (
    <ol style={{ paddingLeft: 18 }}>
      {items.map((item, index) => (
        <li key={item.version} style={{ marginBottom: 10 }}>
          第 {item.version} 版 · {item.changedByName ?? '系统'} · {printInstant(item.changedAt)}
          {item.reason && <span> · {item.reason}</span>}
          <Differences
            now={item.personalInformation}
            before={items[index + 1]?.personalInformation}
            changed={item.changed}
          />
        </li>
      ))}
    </ol>
  );
}

function Differences({
  now,
  before,
  changed: told,
}: {
  now: FormAnswers;
  before: FormAnswers | undefined;
  changed?: readonly string[];
}) {
  if (!before) return <div className="small soft">最早的版本</div>;
  const changed = fieldsOf(personalInformation2017).filter(
    (field) => told?.includes(field.id) ?? JSON.stringify(now[field.id]) !== JSON.stringify(before[field.id]),
  );
  return (
    <ul className="small">
      {changed.map((field) => (
        <li key={field.id}>
          {field.label}：{describeAnswer(field, before[field.id]) || '（空）'} →{' '}
          {describeAnswer(field, now[field.id]) || '（空）'}
        </li>
      ))}
    </ul>
  );
}

interface Latest {
  readonly version: number;
  readonly answers: FormAnswers;
}

/** The latest answers come masked; to compare and go on, the whole is asked for again. Undefined when that was refused. */
async function wholeLatest(residentId: string, stale: ApiProblem): Promise<Latest | undefined> {
  const { version, answers } = stale.extra as unknown as Latest;
  try {
    const whole = await revealFor(residentId, 'correction');
    return { version, answers: withWhole(answers, whole) };
  } catch (error) {
    if (error instanceof ApiProblem) return undefined;
    throw error;
  }
}

function EditPersonalInformation(props: {
  person: ResidentDetail;
  edit: EditDraft;
  onChange: (edit: EditDraft) => void;
  onDone: () => void;
}) {
  const { person, edit } = props;
  const client = useQueryClient();
  const { message } = App.useApp();
  const [problem, setProblem] = useState<ApiProblem>();
  const [latest, setLatest] = useState<Latest>();
  const [busy, setBusy] = useState(false);
  const save = async (confirmed: readonly string[] = []) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await callApi(updatePersonalInformation, {
        params: { residentId: person.id },
        body: {
          operationId: edit.operationId,
          version: edit.version,
          answers: { ...edit.answers },
          confirmed: [...confirmed],
          ...(edit.reason ? { reason: edit.reason } : {}),
        },
      });
      props.onDone();
      void message.success('已保存');
      await client.invalidateQueries({ queryKey: ['resident', person.id] });
      await client.invalidateQueries({ queryKey: ['assessment-record', person.id] });
      await client.invalidateQueries({ queryKey: ['personal-information-versions', person.id] });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code === 'stale-version') setLatest(await wholeLatest(person.id, error));
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const theirs = problem?.code === 'stale-version' ? latest : undefined;
  return (
    <section aria-label="修改个人基本信息">
      <div className="row spread" style={{ marginBottom: 10 }}>
        <h2>修改个人基本信息</h2>
        <Button onClick={props.onDone}>放弃修改</Button>
      </div>
      {theirs && (
        <div className="card" role="alert" style={{ borderColor: 'var(--late)', marginBottom: 12 }}>
          <b>这份信息刚被别人修改过，您填写的内容没有丢失。</b>
          <Differences now={edit.answers} before={theirs.answers} />
          <p className="small soft">箭头左边是现在的内容，右边是您填写的内容。</p>
          <div className="row">
            <Button
              type="primary"
              onClick={() => {
                props.onChange({ ...edit, version: theirs.version, operationId: uuidv7() });
                setProblem(undefined);
              }}
            >
              用我填写的内容继续
            </Button>
            <Button
              onClick={() => {
                props.onChange({
                  ...edit,
                  answers: theirs.answers,
                  version: theirs.version,
                  operationId: uuidv7(),
                });
                setProblem(undefined);
              }}
            >
              改用现在的内容
            </Button>
          </div>
        </div>
      )}
      <FormScreen
        edition={personalInformation2017}
        answers={edit.answers}
        subject={{}}
        errors={problem?.code === 'invalid-input' ? problem.issues : []}
        warnings={[]}
        onChange={(id, value) => {
          setProblem(undefined);
          props.onChange({ ...edit, answers: { ...edit.answers, [id]: value } });
        }}
      />
      <div className="row" style={{ marginTop: 10 }}>
        <span className="soft">修改原因</span>
        <Input
          style={{ maxWidth: 420 }}
          maxLength={200}
          value={edit.reason}
          onChange={(event) => props.onChange({ ...edit, reason: event.target.value })}
        />
      </div>
      <SaveBar
        problem={theirs ? undefined : problem}
        busy={busy}
        onSave={() => void save()}
        onConfirm={() => void save(problem?.issues.map((issue) => `${issue.path}:${issue.code}`))}
        label="保存修改"
      />
    </section>
  );
}
