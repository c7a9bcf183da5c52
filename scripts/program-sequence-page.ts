import { digestOfSet, ownDefinitions } from '#capabilities/field-sync/server/own-definitions.ts';
import { programSequence, programSet } from '#clinical/program-sequence.ts';

/** The file that counts how often what the program publishes has changed: one more when it has changed since. */
export function programSequencePage(): string {
  const set = digestOfSet(ownDefinitions());
  const sequence = set === programSet ? programSequence : programSequence + 1;
  return `// 由源文件生成，勿手改（npm run generate）。

/**
 * How many times the definitions this program brings have changed. Of two programs that serve one county for a while, as in
 * an upgrade, the one with the higher number is the newer; a definition it published or ended is left alone by the other.
 */
export const programSequence = ${sequence};

/** The set of definitions this number stands for. */
export const programSet = '${set}';
`;
}
