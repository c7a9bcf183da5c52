import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Form, type FormInstance, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { checkRefusal, latestReviewOn } from '#capabilities/closing/domain/check-refusal.ts';
import type { Program, ResidentDetail } from '#capabilities/residents/contract.ts';
import { programLabels, programs } from '#capabilities/residents/domain/program.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { closeEnrollment, enrollResident } from '../contract.ts';

const closeReasons = [
  { value: 'dead', label: '死亡' },
  { value: 'moved', label: '迁出' },
  { value: 'lost', label: '失访' },
  { value: 'refused', label: '拒绝管理' },
  { value: 'wrong-diagnosis', label: '诊断有误' },
] as const;

/** What ends the care of one disease; a death, a move and a loss end the whole record, with their own steps. */
const endsOneDisease: ReadonlySet<string> = new Set(['refused', 'wrong-diagnosis']);

const closeLabel = (reason: string | null) => closeReasons.find((one) => one.value === reason)?.label ?? '';

/** The programmes a person is or was managed in, and how to open or end one. */
export function EnrollmentPanel({ person, mayWrite }: { person: ResidentDetail; mayWrite: boolean }) {
  const [opening, setOpening] = useState<Program>();
  const [closing, setClosing] = useState<ResidentDetail['enrollments'][number]>();
  const notYet = programs.filter(
    (program) => !person.enrollments.some((e) => e.program === program && e.closedOn === null),
  );
  return (
    <section className="card">
      <div className="row spread">
        <h2>慢病管理</h2>
        {mayWrite && person.status === 'active' && (
          <span className="row">
            {notYet.map((program) => (
              <Button key={program} onClick={() => setOpening(program)}>
                纳入{programLabels[program]}管理
              </Button>
            ))}
          </span>
        )}
      </div>
      {person.enrollments.length === 0 && <p className="soft">尚未纳入任何慢病管理。</p>}
      {person.enrollments.map((enrollment) => (
        <div key={enrollment.id} className="row spread" style={{ padding: '8px 0' }}>
          <span>
            <b>{programLabels[enrollment.program]}</b> · 纳入 {enrollment.enrolledOn}
            {enrollment.diagnosedOn && ` · 确诊 ${enrollment.diagnosedOn}`}
          </span>
          {enrollment.closedOn ? (
            <StateTag state="plain">
              已结案 {enrollment.closedOn} {closeLabel(enrollment.closeReason)}
            </StateTag>
          ) : (
            <span className="row">
              <StateTag state="good">在管</StateTag>
              {mayWrite && (
                <Button size="small" onClick={() => setClosing(enrollment)}>
                  结案
                </Button>
              )}
            </span>
          )}
        </div>
      ))}
      <OpenDialog
        key={opening ?? 'none'}
        person={person}
        program={opening}
        onClose={() => setOpening(undefined)}
      />
      <CloseDialog
        key={closing?.id ?? 'none'}
        residentId={person.id}
        enrollment={closing}
        onClose={() => setClosing(undefined)}
      />
    </section>
  );
}

/** Runs a save and shows its refusal inside the dialog. */
function useDialogSave(residentId: string, onClose: () => void) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      void message.success(done);
      onClose();
      await client.invalidateQueries({ queryKey: ['resident', residentId] });
      await client.invalidateQueries({ queryKey: ['assessment-record', residentId] });
      for (const key of ['worklist', 'county', 'course', 'episodes', 'grades', 'grading'])
        await client.invalidateQueries({ queryKey: [key] });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setFailure(error.issues.map((issue) => issue.message).join(' ') || `${error.title}。${error.detail}`);
    } finally {
      setBusy(false);
    }
  };
  return { run, failure, busy };
}

function OpenDialog({
  person,
  program,
  onClose,
}: {
  person: ResidentDetail;
  program: Program | undefined;
  onClose: () => void;
}) {
  const actor = useActor();
  const [ids] = useState(() => ({ operationId: uuidv7(), enrollmentId: uuidv7() }));
  const { run, failure, busy } = useDialogSave(person.id, onClose);
  const [form] = Form.useForm<{ enrolledOn: string; diagnosedOn?: string }>();
  const name = program ? programLabels[program] : '';
  const submit = (values: { enrolledOn: string; diagnosedOn?: string }) =>
    program &&
    run(
      () =>
        callApi(enrollResident, {
          params: { residentId: person.id },
          body: {
            ...ids,
            program,
            enrolledOn: values.enrolledOn,
            ...(values.diagnosedOn ? { diagnosedOn: values.diagnosedOn } : {}),
          },
        }),
      `已纳入${name}管理`,
    );
  return (
    <Modal
      open={program !== undefined}
      title={`纳入${name}管理`}
      okText="纳入管理"
      cancelText="取消"
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={busy}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" onFinish={submit} initialValues={{ enrolledOn: actor.today }}>
        <Form.Item name="enrolledOn" label="纳入管理日期" rules={[{ required: true, message: '请填写日期' }]}>
          <Input type="date" max={actor.today} />
        </Form.Item>
        <Form.Item name="diagnosedOn" label="确诊时间（可只写到年或月）">
          <Input placeholder="2019 或 2019-05 或 2019-05-01" />
        </Form.Item>
        {failure && (
          <p role="alert" style={{ color: 'var(--crisis)' }}>
            {failure}
          </p>
        )}
      </Form>
    </Modal>
  );
}

interface ClosingValues {
  readonly closedOn: string;
  readonly reason: 'refused' | 'wrong-diagnosis';
  readonly note?: string;
  readonly reviewOn?: string;
}

/** What one field of a refusal still lacks, by the rule of every way a refusal is written down. */
const refusalRule = (path: string, form: FormInstance<ClosingValues>, today: PlainDate) => ({
  validator: async () => {
    const { note, reviewOn } = form.getFieldsValue();
    const given = { note, reviewOn: (reviewOn || undefined) as PlainDate | undefined, after: today, today };
    const lacking = checkRefusal(given).find((one) => one.path === path);
    if (lacking) throw new Error(lacking.message);
  },
});

function CloseDialog(props: {
  residentId: string;
  enrollment: ResidentDetail['enrollments'][number] | undefined;
  onClose: () => void;
}) {
  const actor = useActor();
  const { enrollment } = props;
  const [operationId] = useState(() => uuidv7());
  const { run, failure, busy } = useDialogSave(props.residentId, props.onClose);
  const [form] = Form.useForm<ClosingValues>();
  const isRefusal = Form.useWatch('reason', form) === 'refused';
  const submit = (values: ClosingValues) => {
    if (!enrollment) return;
    void run(
      () =>
        callApi(closeEnrollment, {
          params: { enrollmentId: enrollment.id },
          body: {
            operationId,
            version: enrollment.version,
            closedOn: values.closedOn,
            reason: values.reason,
            ...(values.note ? { note: values.note } : {}),
            ...(isRefusal && values.reviewOn ? { reviewOn: values.reviewOn } : {}),
          },
        }),
      '已结案',
    );
  };
  return (
    <Modal
      open={enrollment !== undefined}
      title="结案"
      okText="确认结案"
      cancelText="取消"
      onCancel={props.onClose}
      onOk={form.submit}
      confirmLoading={busy}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" onFinish={submit} initialValues={{ closedOn: actor.today }}>
        <Form.Item name="reason" label="原因" rules={[{ required: true, message: '请选择原因' }]}>
          <Select options={closeReasons.filter((one) => endsOneDisease.has(one.value))} />
        </Form.Item>
        {enrollment && (
          <p className="soft small">
            死亡、迁出、失访请在“档案状态”办理：
            <Link to="/residents/$residentId/closing" params={{ residentId: props.residentId }}>
              去办理
            </Link>
          </p>
        )}
        <Form.Item name="closedOn" label="日期" rules={[{ required: true, message: '请填写日期' }]}>
          <Input type="date" max={actor.today} />
        </Form.Item>
        {isRefusal && (
          <Form.Item
            name="reviewOn"
            label="再次征询日期"
            rules={[refusalRule('reviewOn', form, plainDate(actor.today))]}
            required
          >
            <Input type="date" max={latestReviewOn(plainDate(actor.today))} />
          </Form.Item>
        )}
        <Form.Item
          name="note"
          label={isRefusal ? '拒绝的原因' : '说明'}
          rules={isRefusal ? [refusalRule('note', form, plainDate(actor.today))] : []}
          required={isRefusal}
        >
          <Input.TextArea maxLength={200} autoSize />
        </Form.Item>
        {failure && (
          <p role="alert" style={{ color: 'var(--crisis)' }}>
            {failure}
          </p>
        )}
      </Form>
    </Modal>
  );
}
