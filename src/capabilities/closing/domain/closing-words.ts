import { type Program, programLabels } from '#capabilities/residents/domain/program.ts';

/** How a record ends for now; 拒绝管理 ends management and leaves the record. */
export const endingKinds = ['dead', 'moved', 'lost', 'refused'] as const;
export type EndingKind = (typeof endingKinds)[number];

export const endingLabels: Readonly<Record<EndingKind, string>> = {
  dead: '死亡',
  moved: '迁出本县',
  lost: '失访',
  refused: '拒绝管理',
};

export const eventLabels: Readonly<Record<string, string>> = {
  ...endingLabels,
  reopened: '误操作撤回',
  returned: '失访后回归',
};

/** Where the word of a death came from. */
export const deathSources = {
  'death-certificate': '死亡医学证明',
  'death-registry': '死因登记比对',
  family: '家属告知',
  village: '村委会告知',
  police: '公安户籍注销',
} as const;

export const contactMeans = {
  telephone: '电话',
  home: '上门',
  family: '家属',
  village: '村干部',
  message: '短信或微信',
} as const;
export type ContactMeans = keyof typeof contactMeans;

/** What was refused, in words: management of a disease, or all of it. */
export const refusalWords = (program: Program | null): string =>
  `拒绝${program ? programLabels[program] : '全部'}管理`;
