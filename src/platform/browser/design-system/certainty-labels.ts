import type { Certainty } from '#kernel/decision.ts';

/** How sure a rule is, in the words of the source line. */
export const certaintyLabels: Readonly<Record<Certainty, string>> = {
  found: '已核对原文',
  computed: '已复算',
  'from-knowledge': '据规范整理，待签字',
  'own-default': '平台默认值',
  uncertain: '来源有出入',
};

/** The same of a certainty as it came over the wire; one that is not known stands as it is. */
export const certaintyWord = (certainty: string): string =>
  Object.hasOwn(certaintyLabels, certainty) ? certaintyLabels[certainty as Certainty] : certainty;
