import type { Certainty } from '#kernel/decision.ts';

/** What a figure of the hypertension page means, as the definition drawer shows it. */
export interface FigureDefinition {
  readonly figure: 'managed' | 'standard' | 'controlledStatutory' | 'controlledClinical' | 'due' | 'overdue';
  readonly id: string;
  readonly name: string;
  readonly numerator: string;
  readonly denominator: string | null;
  readonly policy: string;
  readonly source: string;
  readonly edition: string;
  readonly certainty: Certainty;
}

const norm = '国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范';

/** @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 工作指标 */
export const hypertensionDefinitions: readonly FigureDefinition[] = [
  {
    figure: 'managed',
    id: 'I-HTN-01',
    name: '年内已管理人数',
    numerator: '本年度内曾在管的高血压患者：纳入日期不晚于统计日，且未在年初前结案。',
    denominator: null,
    policy: '年内死亡、迁出者仍计入；诊断有误者不计入。',
    source: norm,
    edition: 'PHS-3',
    certainty: 'from-knowledge',
  },
  {
    figure: 'standard',
    id: 'I-HTN-02',
    name: '规范管理率',
    numerator: '按规范要求管理的人数：面对面随访次数足、各季度均有、年度体检未缺、表单完整。',
    denominator: '年内已管理人数',
    policy:
      '口径B：按季度折算应随访次数；年中只要求已结束的季度，一个季度在管满45天才要求有随访；相隔不足7天只计一次；满6个月要求体检，年中上次体检12个月内视为未到期，年末只认本年度。',
    source: `${norm}；折算口径为平台默认值`,
    edition: 'PHS-3/policy-B',
    certainty: 'own-default',
  },
  {
    figure: 'controlledStatutory',
    id: 'I-HTN-04',
    name: '血压控制率（公卫口径）',
    numerator: '年内最近一次有效随访血压达标的人数，达标值按公共卫生规范；无随访者计为未达标。',
    denominator: '年内已管理人数',
    policy: '随访方式不限；是否达标在保存随访时判定并随记录保存。',
    source: norm,
    edition: 'PHS-3',
    certainty: 'from-knowledge',
  },
  {
    figure: 'controlledClinical',
    id: 'I-HTN-04-clinical',
    name: '血压控制率（临床目标）',
    numerator: '年内最近一次有效随访血压达到临床指南目标的人数。',
    denominator: '年内已管理人数',
    policy: '与公卫口径并列展示，不用于考核，两者互不替代。',
    source: '国家基层高血压防治管理指南（2025版）',
    edition: 'HTN-JC-2025',
    certainty: 'found',
  },
  {
    figure: 'due',
    id: 'I-HTN-07-due',
    name: '到期未随访',
    numerator: '已到应随访日期、尚未超过最迟日期的未完成任务，一人一项。',
    denominator: null,
    policy: '任务由上一次随访的判定产生。',
    source: norm,
    edition: 'PHS-3',
    certainty: 'own-default',
  },
  {
    figure: 'overdue',
    id: 'I-HTN-07-overdue',
    name: '逾期未随访',
    numerator: '已超过最迟日期的未完成任务，一人一项。',
    denominator: null,
    policy: '常规随访在应随访日期后有宽限，两周复查与转诊后随访没有。',
    source: norm,
    edition: 'PHS-3',
    certainty: 'own-default',
  },
];
