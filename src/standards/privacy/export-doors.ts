/** What a file with residents' data is taken out for. Each file carries one, and so does its line in the register. */
export const exportPurposeLabels = {
  care: '诊疗与健康管理',
  referral: '转诊、会诊',
  'resident-request': '居民本人申请',
  'data-correction': '核对、改正数据',
  reporting: '上级报表与考核',
  supervision: '监督检查',
  dispute: '医疗纠纷、司法调取',
  research: '已批准的科研（去标识）',
  incident: '泄露事件报告、告知本人',
} as const;
export type ExportPurpose = keyof typeof exportPurposeLabels;

/** A door through which a file with residents' data leaves. */
export interface ExportDoorRow {
  /** What leaves here. */
  readonly label: string;
  /** The deed in the audit trail. */
  readonly deed: string;
  /** What it may be taken out for; nothing else is taken. */
  readonly purposes: readonly [ExportPurpose, ...ExportPurpose[]];
}

/** Every door through which residents' data leaves as a file. The server hands out no other file. */
export const exportDoors = {
  record: {
    label: '居民的表单',
    deed: 'record.export',
    purposes: [
      'care',
      'referral',
      'resident-request',
      'data-correction',
      'reporting',
      'supervision',
      'dispute',
    ],
  },
  roster: {
    label: '标出问题的花名册',
    deed: 'roster-import.download',
    purposes: ['data-correction'],
  },
  'personal-copy': {
    label: '本人资料副本',
    deed: 'privacy-request.export',
    purposes: ['resident-request'],
  },
  research: {
    label: '去标识科研数据',
    deed: 'research-export.download',
    purposes: ['research'],
  },
  incident: {
    label: '泄露事件材料',
    deed: 'incident.export',
    purposes: ['incident'],
  },
} as const satisfies Readonly<Record<string, ExportDoorRow>>;
export type ExportDoor = keyof typeof exportDoors;

/**
 * What a file with a person's sheets holds whole, by what it is taken out for; the rest leaves masked. A purpose that does
 * not need to know who somebody is gets neither numbers nor sensitive diagnoses, and who does not treat gets none for any.
 */
export const wholeInFile: Readonly<Record<ExportPurpose, { identity: boolean; sensitive: boolean }>> = {
  care: { identity: false, sensitive: false },
  referral: { identity: true, sensitive: true },
  'resident-request': { identity: true, sensitive: true },
  'data-correction': { identity: true, sensitive: false },
  reporting: { identity: false, sensitive: false },
  supervision: { identity: false, sensitive: false },
  dispute: { identity: true, sensitive: true },
  research: { identity: false, sensitive: false },
  incident: { identity: false, sensitive: false },
};
