import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { openResident } from '#capabilities/residents/contract.ts';
import { ResidentHeader } from '#capabilities/residents/workbench/resident-header.tsx';
import { RevealButton } from '#capabilities/residents/workbench/reveal-button.tsx';
import { revealFor, wantsWhole } from '#capabilities/residents/workbench/reveal-values.ts';
import { isMasked } from '#kernel/masked-text.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { ApiProblem, callApi } from '#platform/browser/api-client.ts';
import { ExportMenu } from '#platform/browser/design-system/export-menu.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormReadView } from '#platform/browser/form-renderer/form-read-view.tsx';
import { useEditionOn } from '#platform/browser/form-renderer/use-editions-on.ts';
import { useReadableSheet } from '#platform/browser/form-renderer/use-readable-sheet.ts';
import { printInstant } from '#platform/browser/print-instant.ts';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { questionnairePath, recordExportPath, showRecord } from '../contract.ts';
import { notBegun } from '../domain/not-begun.ts';
import { findRecordForm } from '../domain/record-forms.ts';
import { RecordEditor } from './record-editor.tsx';

/** A new form for the person. */
export function NewRecordScreen() {
  const { residentId, form } = useParams({ from: '/residents/$residentId/forms/$form' });
  const navigate = useNavigate();
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const known = findRecordForm(form);
  const inForce = useEditionOn(known?.form, plainDate(useActor().today));
  const edition = inForce.kind === 'there' ? inForce.edition : undefined;
  const needsWhole = edition !== undefined && !known?.ownScreen && wantsWhole(edition);
  // Refused, the form begins with these fields empty.
  const whole = useQuery({
    queryKey: ['fill-form', residentId, form],
    queryFn: () => revealFor(residentId, 'fill-form'),
    enabled: needsWhole,
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (known?.ownScreen)
    return <Navigate to="/residents/$residentId/checkup" params={{ residentId }} replace />;
  if (resident.isLoadingError)
    return <Problem error={resident.error} onRetry={() => void resident.refetch()} />;
  if (inForce.kind === 'failed') return <Problem error={inForce.error} onRetry={inForce.again} />;
  if (!resident.data || inForce.kind === 'loading' || (needsWhole && whole.isPending)) return <Waiting />;
  return (
    <>
      <ResidentHeader person={resident.data} />
      {known && edition ? (
        <RecordEditor
          person={resident.data}
          known={known}
          edition={edition}
          {...(whole.data ? { whole: whole.data.values } : {})}
          onDone={(recordId) =>
            void navigate({
              to: '/residents/$residentId/records/$recordId',
              params: { residentId, recordId },
              replace: true,
            })
          }
        />
      ) : (
        <main className="page">
          {known ? (
            <Empty title="现在不能开始填写">{notBegun(known.title)}</Empty>
          ) : (
            <Empty title="没有这张表">请从居民记录里选择要填写的表单。</Empty>
          )}
        </main>
      )}
    </>
  );
}

/** A filed form: to read, print, and correct with a reason. */
export function RecordScreen() {
  const { residentId, recordId } = useParams({ from: '/residents/$residentId/records/$recordId' });
  const actor = useActor();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [correcting, setCorrecting] = useState(false);
  const resident = useQuery({
    queryKey: ['resident', residentId],
    queryFn: () => callApi(openResident, { params: { residentId } }),
  });
  const record = useQuery({
    queryKey: ['record', recordId],
    queryFn: () => callApi(showRecord, { params: { recordId } }),
  });
  const readable = useReadableSheet(record.data);
  const failed = [resident, record].find((query) => query.isLoadingError);
  if (failed) return <Problem error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!resident.data || !record.data || !readable) return <Waiting />;
  const shown = record.data;
  const known = findRecordForm(shown.form);
  const { edition, isBare } = readable;
  // What is not read by its own edition cannot be written by it either.
  const mayCorrect = mayDo(actor.role, 'records.write') && !isBare && shown.supersededBy === null;
  // A follow-up sheet is read here and corrected where it is judged.
  const isFollowUp = shown.form.endsWith('-follow-up');
  // What is masked cannot be saved again: to correct, the whole is asked for first.
  const correct = async () => {
    if (isMasked(JSON.stringify(shown.answers))) {
      try {
        await revealFor(residentId, 'correction');
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        void message.error(error.detail || error.title);
        return;
      }
      await record.refetch();
    }
    setCorrecting(true);
  };
  if (correcting && known) {
    return (
      <>
        <ResidentHeader person={resident.data} />
        <RecordEditor
          person={resident.data}
          known={known}
          edition={edition}
          corrected={shown}
          onDone={(newId) => {
            setCorrecting(false);
            void navigate({
              to: '/residents/$residentId/records/$recordId',
              params: { residentId, recordId: newId },
              replace: true,
            });
          }}
        />
      </>
    );
  }
  return (
    <>
      <ResidentHeader person={resident.data} />
      <main className="page">
        <div className="row spread">
          <h1>
            {known?.title ?? edition.title} <span className="soft">{shown.occurredOn}</span>
          </h1>
          <div className="row">
            <RevealButton residentId={residentId} purpose="fill-form" within={shown.answers} />
            <Link to="/print/records/$recordId" params={{ recordId }} target="_blank">
              <Button>打印</Button>
            </Link>
            <ExportMenu
              items={[
                { label: 'Excel 表格', href: recordExportPath(recordId, 'xlsx'), door: 'record' },
                { label: 'JSON 数据', href: recordExportPath(recordId, 'json'), door: 'record' },
                ...(isBare
                  ? []
                  : [
                      {
                        label: '表单定义（FHIR Questionnaire）',
                        href: questionnairePath(shown.form, shown.formEdition),
                      },
                    ]),
              ]}
            />
            {known?.ownScreen && mayCorrect && (
              <Link
                to="/residents/$residentId/checkup"
                params={{ residentId }}
                search={{ corrects: recordId }}
              >
                <Button>更正</Button>
              </Link>
            )}
            {known && !known.ownScreen && mayCorrect && <Button onClick={() => void correct()}>更正</Button>}
            {isFollowUp && mayCorrect && (
              <Link to="/residents/$residentId/follow-up/$recordId" params={{ residentId, recordId }}>
                <Button>更正</Button>
              </Link>
            )}
          </div>
        </div>
        <p className="small soft">
          {shown.organizationName} · {shown.recordedByName} · 收到时间 {printInstant(shown.receivedAt)} ·
          表单版本 {shown.formEdition}
          {shown.supersededBy && ' · 这一版已被更正'}
          {shown.correctionReason && ` · 更正原因：${shown.correctionReason}`}
        </p>
        {shown.supersededBy && (
          <Link
            to="/residents/$residentId/records/$recordId"
            params={{ residentId, recordId: shown.supersededBy }}
          >
            看更正后的一版
          </Link>
        )}
        {shown.supersedesId && (
          <Link
            to="/residents/$residentId/records/$recordId"
            params={{ residentId, recordId: shown.supersedesId }}
          >
            看更正前的一版
          </Link>
        )}
        <section className="card">
          {isBare && <p>本程序没有这一版的表样，答案照填写时原样列出；升级后可按表样查看和更正。</p>}
          <FormReadView edition={edition} answers={readable.answers} />
        </section>
      </main>
    </>
  );
}

function Problem(props: { error: unknown; onRetry: () => void }) {
  return (
    <main className="page">
      <Failure {...props} />
    </main>
  );
}

function Waiting() {
  return (
    <main className="page">
      <Loading rows={10} />
    </main>
  );
}
