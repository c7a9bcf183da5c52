import type { Role } from '#standards/roles.ts';

/** The three zones of the centre and the places around it. */
export type FlowZone = 'consult' | 'clinic' | 'follow-up' | 'hospital' | 'village';

export const zoneLabels: Readonly<Record<FlowZone, string>> = {
  consult: '健康服务区·咨询与筛查',
  clinic: '诊疗区',
  'follow-up': '健康服务区·随访与健康指导',
  hospital: '医联体牵头医院或上级医院',
  village: '村卫生室（社区卫生服务站）',
};

export interface FlowBox {
  readonly id: string;
  readonly label: string;
  readonly zone: FlowZone;
  readonly kind: 'entry' | 'task' | 'gateway' | 'place' | 'participant';
  /** Box it is part of. */
  readonly within?: string;
}

/**
 * Every box of the national service flowchart, with its text.
 * @source 国卫基层发〔2025〕15号 慢性病健康管理服务能力建设指南 附图
 */
export const flowBoxes = [
  { id: 'A1', label: '健康咨询', zone: 'consult', kind: 'entry' },
  { id: 'A2', label: '健康科普', zone: 'consult', kind: 'entry' },
  { id: 'A3', label: '预约挂号', zone: 'consult', kind: 'entry' },
  { id: 'A4', label: '接收转诊', zone: 'consult', kind: 'entry' },
  { id: 'A5', label: '基本信息收集', zone: 'consult', kind: 'task' },
  { id: 'A5a', label: '健康自检信息', zone: 'consult', kind: 'task', within: 'A5' },
  { id: 'A5b', label: '慢病筛查信息', zone: 'consult', kind: 'task', within: 'A5' },
  { id: 'A5c', label: '外院就诊信息', zone: 'consult', kind: 'task', within: 'A5' },
  { id: 'A5d', label: '其他健康信息', zone: 'consult', kind: 'task', within: 'A5' },
  { id: 'A6', label: '建立/更新居民健康档案', zone: 'consult', kind: 'task' },
  { id: 'A7', label: '家属健康提示', zone: 'consult', kind: 'task' },
  { id: 'G1', label: '是否签约家庭医生', zone: 'consult', kind: 'gateway' },
  { id: 'A8', label: '引导签约家庭医生', zone: 'consult', kind: 'task' },
  { id: 'G2', label: '优先分诊至家庭医生诊室', zone: 'clinic', kind: 'gateway' },
  { id: 'B1', label: '家庭医生诊室', zone: 'clinic', kind: 'place' },
  { id: 'B2', label: '全科诊室就诊', zone: 'clinic', kind: 'place' },
  { id: 'B3', label: '采集病史', zone: 'clinic', kind: 'task' },
  { id: 'B4', label: '体格检查', zone: 'clinic', kind: 'task' },
  { id: 'B5', label: '辅助检查', zone: 'clinic', kind: 'task' },
  { id: 'B6', label: '综合评估', zone: 'clinic', kind: 'task' },
  { id: 'G3', label: '超出诊疗能力', zone: 'clinic', kind: 'gateway' },
  { id: 'B7', label: '初步处理并转诊', zone: 'clinic', kind: 'task' },
  { id: 'B8', label: '上级医院相关专病科室', zone: 'hospital', kind: 'participant' },
  { id: 'G4', label: '慢性病诊断是否成立', zone: 'clinic', kind: 'gateway' },
  { id: 'B9', label: '健康教育', zone: 'clinic', kind: 'task' },
  { id: 'B10', label: '制定/完善方案', zone: 'clinic', kind: 'task' },
  { id: 'B11', label: '分类干预', zone: 'clinic', kind: 'task' },
  { id: 'B11a', label: '非药物干预', zone: 'clinic', kind: 'task', within: 'B11' },
  { id: 'B11b', label: '药物治疗', zone: 'clinic', kind: 'task', within: 'B11' },
  { id: 'B12', label: '动态监测', zone: 'clinic', kind: 'task' },
  { id: 'B13', label: '效果评估', zone: 'clinic', kind: 'task' },
  { id: 'G5', label: '病情稳定', zone: 'clinic', kind: 'gateway' },
  { id: 'C1', label: '随访服务', zone: 'follow-up', kind: 'task' },
  { id: 'C1a', label: '分类分级服务', zone: 'follow-up', kind: 'task', within: 'C1' },
  { id: 'C1b', label: '预约复诊时间', zone: 'follow-up', kind: 'task', within: 'C1' },
  { id: 'C1c', label: '解读随访结果', zone: 'follow-up', kind: 'task', within: 'C1' },
  { id: 'C1d', label: '记录随访信息', zone: 'follow-up', kind: 'task', within: 'C1' },
  { id: 'C2', label: '健康指导', zone: 'follow-up', kind: 'task' },
  { id: 'C2a', label: '非药物干预', zone: 'follow-up', kind: 'task', within: 'C2' },
  { id: 'C2b', label: '指导健康监测', zone: 'follow-up', kind: 'task', within: 'C2' },
  { id: 'C2c', label: '自我健康管理', zone: 'follow-up', kind: 'task', within: 'C2' },
  { id: 'C2d', label: '开展健康科普', zone: 'follow-up', kind: 'task', within: 'C2' },
  { id: 'C3', label: '数据分析', zone: 'follow-up', kind: 'task' },
  { id: 'C3a', label: '掌握人群特点', zone: 'follow-up', kind: 'task', within: 'C3' },
  { id: 'C3b', label: '数据动态分析', zone: 'follow-up', kind: 'task', within: 'C3' },
  { id: 'C4', label: '村卫生室随访', zone: 'village', kind: 'participant' },
] as const satisfies readonly FlowBox[];

export type BoxId = (typeof flowBoxes)[number]['id'];

const byId = new Map<string, FlowBox>(flowBoxes.map((one) => [one.id, one]));

/** The box of that id; undefined when there is none. */
export function findBox(id: string): (FlowBox & { readonly id: BoxId }) | undefined {
  return byId.get(id) as (FlowBox & { readonly id: BoxId }) | undefined;
}

/** Where a person comes in. */
export const entryBoxes = ['A1', 'A2', 'A3', 'A4'] as const satisfies readonly BoxId[];
export type EntryBox = (typeof entryBoxes)[number];

/** Boxes at which a visit may end for the day. */
export const restingBoxes: readonly BoxId[] = ['B7', 'B9', 'B12', 'C1', 'C2', 'C4'];

const nursing: readonly Role[] = ['township-doctor', 'township-public-health-doctor', 'village-doctor'];
const treating: readonly Role[] = ['township-doctor', 'county-specialist'];

/** Roles that may bring a visit into a box; places and tasks of the clinic belong to doctors. */
export function rolesOf(id: BoxId): readonly Role[] {
  const box = findBox(id);
  const isClinical = box?.zone === 'clinic' && !['B1', 'B2', 'B4'].includes(id);
  return isClinical ? treating : [...nursing, 'county-specialist'];
}
