import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { App, Button, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { dropDraft, keepDraft, readDraft } from '#platform/browser/draft-store.ts';
import { FormScreen } from '#platform/browser/form-renderer/form-screen.tsx';
import { SaveBar } from '#platform/browser/form-renderer/save-bar.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';
import { listRegistrationOrganizations, registerResident } from '../contract.ts';
import { newRegistration, type RegisterDraft, registerDraftName } from './register-draft.ts';

/** Files a new resident on the personal-information form. */
export function RegisterScreen() {
  const actor = useActor();
  const navigate = useNavigate();
  const { from, referral } = useSearch({ from: '/residents/new' });
  const draftName = registerDraftName(referral);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<RegisterDraft>(
    () => readDraft<RegisterDraft>(draftName)?.content ?? newRegistration(),
  );
  const [problem, setProblem] = useState<ApiProblem>();
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const organizations = useQuery({
    queryKey: ['registration-organizations'],
    queryFn: () => callApi(listRegistrationOrganizations),
  });
  const places = organizations.data?.items ?? [];
  const organizationId = draft.organizationId ?? (places.length === 1 ? places[0]?.id : undefined);
  useEffect(() => {
    keepDraft(draftName, draft);
  }, [draft, draftName]);

  const identity = useMemo(() => {
    const idNo = draft.answers.idNo;
    return typeof idNo === 'string' && idNo.length >= 15 ? checkIdentityNumber(idNo) : undefined;
  }, [draft.answers.idNo]);
  const live = useMemo(
    () => validateAnswers(personalInformation2017, draft.answers, { today: plainDate(actor.today) }),
    [draft.answers, actor.today],
  );
  const identityIssues: FieldIssue[] =
    identity?.kind === 'invalid' ? [{ path: 'idNo', code: identity.reason, message: identity.message }] : [];
  const shown = [
    ...live.errors.filter((issue) => issue.code !== 'missing' && issue.code !== 'needs-text'),
    ...identityIssues,
    ...(problem?.issues ?? []),
  ];

  const change = (id: string, value: unknown) => {
    setProblem(undefined);
    setDraft((old) => {
      const answers: Record<string, unknown> = { ...old.answers, [id]: value };
      // The number tells birth date and sex; the clerk need not type them again.
      if (id === 'idNo' && typeof value === 'string') {
        const read = checkIdentityNumber(value);
        if (read.kind === 'valid') Object.assign(answers, { birthDate: read.birthDate, gender: read.sex });
      }
      return { ...old, answers };
    });
  };

  const save = async (confirming: readonly string[] = confirmed) => {
    if (!organizationId) {
      void message.warning('请先选择管理机构。');
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const filed = await callApi(registerResident, {
        body: {
          operationId: draft.operationId,
          residentId: draft.residentId,
          organizationId,
          answers: { ...draft.answers },
          confirmed: [...confirming],
        },
      });
      dropDraft(draftName);
      await client.invalidateQueries({ queryKey: ['search'] });
      void message.success(
        `已建档，档案编码 ${filed.archiveNo}${referral ? '；纳入管理后，到“双向转诊”确认接续' : ''}`,
      );
      // Whoever came from the front desk goes back there to be given a number.
      if (from === 'centre') void navigate({ to: '/centre', search: { residentId: filed.residentId } });
      else void navigate({ to: '/residents/$residentId', params: { residentId: filed.residentId } });
    } catch (error) {
      if (error instanceof ApiProblem) setProblem(error);
      else throw error;
    } finally {
      setBusy(false);
    }
  };
  const confirmAll = () => {
    const paths = problem?.issues.map((issue) => `${issue.path}:${issue.code}`) ?? [];
    setConfirmed(paths);
    void save(paths);
  };
  const startAgain = () => {
    dropDraft(draftName);
    setDraft(newRegistration());
    setProblem(undefined);
  };

  return (
    <main className="page">
      <div className="row spread">
        <h1>新建档案 · 个人基本信息表</h1>
        {referral === undefined && <Button onClick={startAgain}>清空重填</Button>}
      </div>
      <div className="card row">
        <span className="soft">管理机构</span>
        <Select
          aria-label="管理机构"
          style={{ minWidth: 260 }}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="选择村卫生室"
          loading={organizations.isPending}
          value={organizationId ?? null}
          onChange={(id: string) => setDraft((old) => ({ ...old, organizationId: id }))}
          options={places.map((place) => ({
            value: place.id,
            label: place.parentName ? `${place.parentName} · ${place.name}` : place.name,
          }))}
        />
      </div>
      {problem?.code === 'duplicate-identity' && (
        <div className="card" role="alert" style={{ borderColor: 'var(--late)' }}>
          <b>{problem.title}</b>
          <p>{problem.detail}</p>
          {typeof problem.extra.residentId === 'string' ? (
            <Link to="/residents/$residentId" params={{ residentId: problem.extra.residentId }}>
              打开已有档案
            </Link>
          ) : (
            <span className="soft">
              该档案不在您的管理范围，请联系该机构或上级机构办理迁入。您填写的内容没有丢失。
            </span>
          )}
        </div>
      )}
      <FormScreen
        edition={personalInformation2017}
        answers={draft.answers}
        subject={{}}
        errors={shown}
        warnings={problem?.code === 'needs-confirmation' ? [] : live.warnings}
        onChange={change}
      />
      <SaveBar
        problem={problem}
        busy={busy}
        onSave={() => void save()}
        onConfirm={confirmAll}
        label="保存建档"
      />
    </main>
  );
}
