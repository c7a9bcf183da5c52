import type { ContactMeans } from '#capabilities/closing/domain/closing-words.ts';
import type { SenderDeed, Urgency } from '#capabilities/referrals/domain/referral-states.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { MadeUnder } from './made-under.ts';
import type { PhoneProgram } from './person-document.ts';

/** What a phone can ask to be done; each kind goes through the same server function as the workbench. */
export interface FieldOperationBodies {
  /** 一次随访：各病种的正式表同时保存。 */
  readonly 'visit.record': {
    readonly visitId: string;
    readonly sheets: readonly {
      readonly program: PhoneProgram;
      readonly recordId: string;
      readonly formEdition: string;
      readonly answers: FormAnswers;
    }[];
    /** Warnings the doctor has confirmed, as `program/path:code`. */
    readonly confirmed: readonly string[];
    readonly laterThanRuleReason?: string;
    readonly made?: MadeUnder;
  };
  /** 随访时拍的照片：内容另外分段上传，这一项把它归到随访。 */
  readonly 'visit.photo': {
    readonly photoId: string;
    readonly visitId: string;
    readonly byteCount: number;
    /** Of the bytes, in hex: what arrives must be what was taken. */
    readonly sha256: string;
  };
  /** 建档。 */
  readonly 'resident.register': {
    readonly organizationId: string;
    readonly answers: FormAnswers;
    readonly confirmed: readonly string[];
  };
  /** 填写一份表单：筛查问卷、首诊测压、体检…… */
  readonly 'record.file': {
    readonly recordId: string;
    readonly form: string;
    readonly formEdition: string;
    readonly answers: FormAnswers;
    readonly confirmed: readonly string[];
    readonly supersedesId?: string;
    readonly reason?: string;
    readonly made?: MadeUnder;
  };
  /** 未随访关闭任务，说明原因并约下次日期。 */
  readonly 'task.close': {
    readonly taskId: string;
    readonly reason: 'lost' | 'refused' | 'replanned' | 'other';
    readonly note: string;
    readonly nextDueOn: PlainDate;
  };
  /** 纳入管理。 */
  readonly 'resident.enroll': {
    readonly enrollmentId: string;
    readonly program: PhoneProgram;
    readonly enrolledOn: PlainDate;
    readonly diagnosedOn?: string;
  };
  /** 死亡、迁出、失访、拒绝管理。 */
  readonly 'enrollment.close': {
    readonly enrollmentId: string;
    readonly version: number;
    readonly closedOn: PlainDate;
    readonly reason: 'dead' | 'moved' | 'lost' | 'refused' | 'wrong-diagnosis';
    readonly note?: string;
    /** 拒绝管理：哪天再次征询。 */
    readonly reviewOn?: PlainDate;
  };
  /** 一次联系尝试：登记失访须有不同日的几次。 */
  readonly 'contact.attempt': {
    readonly attemptId: string;
    readonly onDay: PlainDate;
    readonly means: ContactMeans;
    readonly note: string;
  };
  /** 发起转诊。 */
  readonly 'referral.send': {
    readonly referralId: string;
    /** Undefined: a house elsewhere, named in the department. */
    readonly toOrganizationId?: string;
    readonly toDepartment: string;
    readonly urgency: Urgency;
    readonly reason: string;
    readonly firstHandling: string;
    /** The follow-up it came from, where that waits on the phone too: it is sent first. */
    readonly followUpId?: string;
  };
  /** 撤回转诊，或确认接续。 */
  readonly 'referral.step': {
    readonly referralId: string;
    readonly version: number;
    readonly deed: SenderDeed;
    readonly note: string;
  };
  /** 修改个人信息：逐项，带修改前的值；别人已改成另一个值时两个值都保留，由人决定。 */
  readonly 'person.edit': {
    readonly baseVersion: number;
    readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
  };
  /** 裁决一处不一致。 */
  readonly 'conflict.resolve': { readonly conflictId: string; readonly choose: 'kept' | 'offered' };
}

export type FieldOperationKind = keyof FieldOperationBodies;

/** An operation as a screen hands it over; the phone adds order and time. */
export type FieldOperation = {
  [K in FieldOperationKind]: {
    /** Made by the client, never reused for something else. */
    readonly operationId: string;
    readonly kind: K;
    readonly residentId: string;
    readonly body: FieldOperationBodies[K];
  };
}[FieldOperationKind];

/** Chinese names of the operations, for lists of what waits and what needs somebody. */
export const operationLabels: Readonly<Record<FieldOperationKind, string>> = {
  'visit.record': '随访',
  'visit.photo': '随访照片',
  'resident.register': '建档',
  'record.file': '表单',
  'task.close': '关闭任务',
  'resident.enroll': '纳入管理',
  'enrollment.close': '结案',
  'contact.attempt': '联系尝试',
  'referral.send': '转诊',
  'referral.step': '转诊撤回或接续',
  'person.edit': '修改个人信息',
  'conflict.resolve': '裁决不一致',
};
