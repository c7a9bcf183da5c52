import type { BoxId } from './flow-boxes.ts';

/** What must be known to be true before a line may be followed. */
export type Guard =
  | 'signed'
  | 'not-signed'
  | 'signed-or-declined'
  | 'doctor-present'
  | 'no-family-room'
  | 'beyond-capacity'
  | 'within-capacity'
  | 'diagnosed'
  | 'not-diagnosed'
  | 'stable'
  | 'not-stable'
  | 'family-known';

/** Conditions as the drawing prints them. */
export const guardLabels: Readonly<Record<Guard, string>> = {
  signed: '已签约',
  'not-signed': '未签约',
  'signed-or-declined': '已签约或记下暂不签约的原因',
  'doctor-present': '签约医生在诊',
  'no-family-room': '签约医生不在诊或未签约',
  'beyond-capacity': '超出诊疗能力',
  'within-capacity': '未超出',
  diagnosed: '诊断成立',
  'not-diagnosed': '诊断不成立',
  stable: '病情稳定',
  'not-stable': '未稳定',
  'family-known': '登记有家庭成员',
};

/** Settings of the county: lines that are our best reading of the drawing. */
export type FlowSetting =
  | 'declined-may-continue'
  | 'education-to-guidance'
  | 'repeated-failure-refers'
  | 'village-takes-follow-up';

export const flowSettingLabels: Readonly<Record<FlowSetting, string>> = {
  'declined-may-continue': '居民暂不签约（记下原因）也可继续就诊',
  'education-to-guidance': '诊断不成立者在健康教育后转入健康指导',
  'repeated-failure-refers': '方案反复调整仍不稳定时提示转诊',
  'village-takes-follow-up': '病情稳定者由村卫生室承担日常随访',
};

export interface FlowLine {
  /** Number in the table of flows; several lines of one number part it. */
  readonly no: number;
  readonly from: BoxId;
  readonly to: BoxId;
  readonly guard?: Guard;
  readonly setting?: FlowSetting;
  /** Between visits or in the background: not a step of one visit. */
  readonly outside?: true;
}

/**
 * Every line of the national service flowchart. Four are our best reading and stand under a county setting.
 * @source 国卫基层发〔2025〕15号 慢性病健康管理服务能力建设指南 附图
 */
export const flowLines: readonly FlowLine[] = [
  { no: 2, from: 'A1', to: 'A5' },
  { no: 2, from: 'A2', to: 'A5' },
  { no: 2, from: 'A3', to: 'A5' },
  { no: 2, from: 'A4', to: 'A5' },
  { no: 3, from: 'A5', to: 'A6' },
  { no: 4, from: 'A6', to: 'A7', guard: 'family-known', outside: true },
  { no: 5, from: 'A6', to: 'G1' },
  { no: 6, from: 'G1', to: 'G2', guard: 'signed' },
  { no: 7, from: 'G1', to: 'A8', guard: 'not-signed' },
  { no: 8, from: 'A8', to: 'G2', guard: 'signed-or-declined', setting: 'declined-may-continue' },
  { no: 9, from: 'G2', to: 'B1', guard: 'doctor-present' },
  { no: 10, from: 'G2', to: 'B2', guard: 'no-family-room' },
  { no: 11, from: 'B1', to: 'B3' },
  { no: 11, from: 'B2', to: 'B3' },
  { no: 11, from: 'B3', to: 'B4' },
  { no: 11, from: 'B4', to: 'B5' },
  { no: 11, from: 'B4', to: 'B6' },
  { no: 11, from: 'B5', to: 'B6' },
  { no: 12, from: 'B6', to: 'G3' },
  { no: 13, from: 'G3', to: 'B7', guard: 'beyond-capacity' },
  { no: 14, from: 'B7', to: 'B8', outside: true },
  { no: 15, from: 'B8', to: 'A4', outside: true },
  { no: 16, from: 'G3', to: 'G4', guard: 'within-capacity' },
  { no: 17, from: 'G4', to: 'B9', guard: 'not-diagnosed' },
  { no: 18, from: 'B9', to: 'C2', setting: 'education-to-guidance' },
  { no: 19, from: 'G4', to: 'B10', guard: 'diagnosed' },
  { no: 20, from: 'B10', to: 'B11' },
  { no: 21, from: 'B11', to: 'B12' },
  { no: 21, from: 'B12', to: 'B13' },
  { no: 22, from: 'B13', to: 'G5' },
  { no: 23, from: 'G5', to: 'B10', guard: 'not-stable' },
  { no: 23, from: 'G5', to: 'G3', guard: 'not-stable', setting: 'repeated-failure-refers' },
  { no: 24, from: 'G5', to: 'C1', guard: 'stable' },
  { no: 24, from: 'G5', to: 'C2', guard: 'stable' },
  { no: 24, from: 'C1', to: 'C2' },
  { no: 25, from: 'C1', to: 'C4', setting: 'village-takes-follow-up' },
  { no: 25, from: 'C2', to: 'C4', setting: 'village-takes-follow-up' },
  { no: 26, from: 'C4', to: 'A1', outside: true },
  { no: 26, from: 'C4', to: 'A2', outside: true },
  { no: 26, from: 'C4', to: 'A3', outside: true },
  { no: 26, from: 'C4', to: 'A4', outside: true },
  { no: 27, from: 'C1', to: 'A3', outside: true },
  { no: 28, from: 'C1', to: 'C3', outside: true },
  { no: 28, from: 'C2', to: 'C3', outside: true },
  { no: 28, from: 'B13', to: 'C3', outside: true },
  { no: 28, from: 'C4', to: 'C3', outside: true },
  { no: 29, from: 'C3', to: 'B10', outside: true },
  { no: 29, from: 'C3', to: 'C1', outside: true },
];
