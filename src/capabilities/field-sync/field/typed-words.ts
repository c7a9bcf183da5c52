import type { FormAnswers } from '#kernel/form-shape.ts';
import type { StoredOperation } from '#platform/browser/offline/field-store.ts';
import { type FieldOperation, operationLabels } from '../domain/field-operation.ts';
import { formTitleOf } from './form-titles.ts';
import type { VillageStore } from './village-store.ts';

/** Who and what, also when the person has left the phone since it was typed. */
export function titleOf(store: VillageStore, one: StoredOperation<FieldOperation>): string {
  const { operation } = one;
  const what =
    operation.kind === 'record.file' ? formTitleOf(operation.body.form) : operationLabels[operation.kind];
  const typed = operation.kind === 'resident.register' ? operation.body.answers.name : undefined;
  const name = store.line(operation.residentId)?.name ?? one.about ?? typed ?? '（已不在本机）';
  return `${name} · ${what}`;
}

/** What was read at a visit or asked in a referral, so that whoever typed it knows which one is meant; empty for anything else. */
export function readingsOf(operation: FieldOperation): string {
  if (operation.kind === 'referral.send') return `${operation.body.toDepartment}：${operation.body.reason}`;
  if (operation.kind !== 'visit.record') return '';
  const all: FormAnswers = Object.assign({}, ...operation.body.sheets.map((sheet) => sheet.answers));
  const said = [
    typeof all.sbp === 'number' && `血压 ${all.sbp}/${all.dbp ?? '—'}`,
    typeof all.fpg === 'number' && `空腹血糖 ${all.fpg}`,
    typeof all.spo2 === 'number' && `血氧 ${all.spo2}%`,
  ].filter(Boolean);
  return `${all.visitDate ?? ''} ${said.join('，')}`.trim();
}

/** A moment as the phone prints it, in China's time. */
export function timeWords(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime())
    ? at
    : time.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
}
