import { Loading } from '#platform/browser/design-system/page-states.tsx';
import { FormReadView } from '#platform/browser/form-renderer/form-read-view.tsx';
import { useReadableSheet } from '#platform/browser/form-renderer/use-readable-sheet.ts';
import { printInstant } from '#platform/browser/print-instant.ts';
import type { FollowUpRecord } from '../contract.ts';
import { wordOutcome } from '../domain/word-outcome.ts';
import { VisitPhotos } from './visit-photos.tsx';

/** A filed visit in the edition it was written on, with what the rules said of it; without its edition, as it was written. */
export function FollowUpRecordView({ record }: { record: FollowUpRecord }) {
  const readable = useReadableSheet(record);
  return (
    <div>
      <p className="small soft">
        {record.organizationName} · {record.recordedByName} · 收到时间 {printInstant(record.receivedAt)} ·
        表单版本 {record.formEdition}
        {record.supersededBy && ' · 已被更正'}
        {record.correctionReason && ` · 更正原因：${record.correctionReason}`}
      </p>
      {readable?.isBare && <p>本程序没有这一版的表样，答案照填写时原样列出；升级后可按表样查看和更正。</p>}
      {readable ? <FormReadView edition={readable.edition} answers={readable.answers} /> : <Loading />}
      <VisitPhotos visitId={record.visitId} />
      <h2 style={{ fontSize: 14, margin: '14px 0 6px' }}>当时的判定</h2>
      <ul className="small" style={{ paddingLeft: 18, margin: 0 }}>
        {record.verdicts.map((verdict) => (
          <li key={verdict.ruleId}>
            {verdict.reasons.map((reason) => reason.text).join('') || '无异常。'}
            <span className="soft">
              （{verdict.ruleId} · {verdict.edition} · {verdict.clause}）
            </span>
            {verdict.outcomeOnPhone !== undefined && (
              <div style={{ color: 'var(--late)' }}>
                手机填写时判定为“{wordOutcome(verdict.outcomeOnPhone)}”，与这里的“
                {wordOutcome(verdict.outcome)}”不同；以这里的为准，两个都保留。
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
