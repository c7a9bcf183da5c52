import type { Certainty } from '#kernel/decision.ts';

/** How sure we are of a number or a rule, in words for a reader. */
export const certaintyNames: Readonly<Record<Certainty, string>> = {
  found: '见于来源',
  computed: '重新计算核对',
  'from-knowledge': '凭掌握的知识，待核对',
  'own-default': '本平台建议',
  uncertain: '不确定，待核实',
};
