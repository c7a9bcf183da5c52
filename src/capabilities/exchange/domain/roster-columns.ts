/** What a column of a roster can hold; ids follow the personal-information form where the form has the item. */
export type RosterField =
  | 'name'
  | 'gender'
  | 'birthDate'
  | 'age'
  | 'idNo'
  | 'phone'
  | 'contactName'
  | 'contactPhone'
  | 'address'
  | 'registeredAddress'
  | 'village'
  | 'disease'
  | 'diagnosedOn'
  | 'enrolledOn'
  | 'nation'
  | 'education'
  | 'occupation'
  | 'marital'
  | 'residenceType'
  | 'workUnit'
  | 'bloodAbo'
  | 'bloodRh';

interface RosterColumn {
  readonly field: RosterField;
  readonly label: string;
  /** Headers people write, already normalised: no spaces, punctuation or brackets. */
  readonly headers: readonly string[];
}

/**
 * The columns a hypertension roster can have, in any order.
 * @source 自我管理小组活动花名册（附件2）；个人基本信息表（2017）
 */
export const rosterColumns: readonly RosterColumn[] = [
  { field: 'name', label: '姓名', headers: ['姓名', '患者姓名', '居民姓名', '名字'] },
  { field: 'gender', label: '性别', headers: ['性别'] },
  { field: 'birthDate', label: '出生日期', headers: ['出生日期', '出生年月日', '出生年月', '生日'] },
  { field: 'age', label: '年龄', headers: ['年龄', '年龄岁', '周岁'] },
  {
    field: 'idNo',
    label: '身份证号',
    headers: ['身份证号', '身份证号码', '身份证', '证件号码', '证件号', '公民身份号码', '居民身份证号'],
  },
  {
    field: 'phone',
    label: '联系电话',
    headers: ['联系电话', '本人电话', '电话', '手机', '手机号', '手机号码', '电话号码', '联系方式'],
  },
  { field: 'contactName', label: '联系人姓名', headers: ['联系人姓名', '联系人'] },
  { field: 'contactPhone', label: '联系人电话', headers: ['联系人电话'] },
  {
    field: 'address',
    label: '现住址',
    headers: ['家庭住址', '现住址', '住址', '地址', '家庭地址', '居住地址', '详细地址'],
  },
  { field: 'registeredAddress', label: '户籍地址', headers: ['户籍地址', '户籍所在地', '户口所在地'] },
  {
    field: 'village',
    label: '村（居）',
    headers: [
      '村居',
      '村',
      '村名',
      '所在村',
      '村居委会',
      '村居委会名称',
      '行政村',
      '村卫生室',
      '管理机构',
      '所属机构',
    ],
  },
  { field: 'disease', label: '疾病名称', headers: ['疾病名称', '病种', '疾病', '慢病名称', '诊断'] },
  {
    field: 'diagnosedOn',
    label: '患病（确诊）时间',
    headers: ['患病时间', '确诊时间', '确诊日期', '发病时间', '诊断时间'],
  },
  {
    field: 'enrolledOn',
    label: '纳入管理时间',
    headers: ['纳入管理时间', '纳入管理日期', '纳管时间', '纳管日期', '建档时间', '建卡日期', '管理开始日期'],
  },
  { field: 'nation', label: '民族', headers: ['民族'] },
  { field: 'education', label: '文化程度', headers: ['文化程度', '学历'] },
  { field: 'occupation', label: '职业', headers: ['职业'] },
  { field: 'marital', label: '婚姻状况', headers: ['婚姻状况', '婚姻'] },
  { field: 'residenceType', label: '常住类型', headers: ['常住类型', '户籍类型'] },
  { field: 'workUnit', label: '工作单位', headers: ['工作单位', '单位'] },
  { field: 'bloodAbo', label: '血型', headers: ['血型', 'abo血型'] },
  { field: 'bloodRh', label: 'RH血型', headers: ['rh', 'rh血型'] },
];

/** Columns without which no row can be a person under management. */
export const requiredColumns: readonly RosterField[] = ['name', 'idNo'];

/** Label of a field as the preview and the issues name it. */
export function rosterLabelOf(field: RosterField): string {
  return rosterColumns.find((column) => column.field === field)?.label ?? field;
}

/** Which field a header means; undefined for one we do not know (编号, 备注 …). */
export function readHeader(text: string): RosterField | undefined {
  const plain = normaliseHeader(text);
  return rosterColumns.find((column) => column.headers.includes(plain))?.field;
}

function normaliseHeader(text: string): string {
  return text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .toLowerCase()
    .replace(/[\s\u3000*＊:：()（）[\]【】、，,./_-]/g, '');
}
