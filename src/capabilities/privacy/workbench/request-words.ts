import type { RequestKind } from '../requests-contract.ts';

/** Kinds of requests as screens name them. */
export const requestKindLabels: Readonly<Record<RequestKind, string>> = {
  copy: '查阅复制',
  correction: '更正',
  deletion: '删除',
  explanation: '说明',
};
