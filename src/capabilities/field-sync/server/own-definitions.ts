import { createHash } from 'node:crypto';
import { builtInFormulary, formularyEdition } from '#capabilities/medicines/domain/formulary-entry.ts';
import { engineEdition } from '#clinical/engine-edition.ts';
import { parameterTopics } from '#clinical/parameter-topics.ts';
import { type Definition, definitionSetText, definitionText } from '#kernel/definition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';
import { formsOnPhone } from '../domain/phone-forms.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A definition with the digest of everything in it. */
export function withDigest(definition: Omit<Definition, 'digest'>): Definition {
  return { ...definition, digest: sha256(definitionText(definition)) };
}

/** The name of a set of definitions. */
export function digestOfSet(heads: readonly { readonly digest: string }[]): string {
  return sha256(definitionSetText(heads));
}

/** A form edition as it is published; `engine`: what is needed to draw and read it. */
export function definitionOfForm(edition: FormEdition, engine = engineEdition): Definition {
  return withDigest({
    kind: 'form',
    key: edition.form,
    edition: edition.edition,
    title: edition.title,
    from: edition.inForceFrom === undefined ? null : plainDate(edition.inForceFrom),
    engine,
    content: edition,
  });
}

/** Numbers of one topic: the edition is the day of the newest row, the digest tells corrections apart. */
function definitionsOfRules(): Definition[] {
  return parameterTopics.map(({ key, title, parameters }) =>
    withDigest({
      kind: 'rule-parameters',
      key,
      edition: parameters
        .flatMap((one) => one.rows.map((row) => row.from as string))
        .reduce((a, b) => (a > b ? a : b), ''),
      title: `规则参数：${title}`,
      from: null,
      engine: engineEdition,
      // A bundler may list what a module exports in an order of its own: the digest must not tell.
      content: parameters.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    }),
  );
}

let known: readonly Definition[] | undefined;

/** What this program publishes for phones; the county's own settings come from the county. */
export function ownDefinitions(): readonly Definition[] {
  known ??= [
    ...allFormEditions
      .filter((edition) => formsOnPhone.includes(edition.form))
      .map((edition) => definitionOfForm(edition)),
    ...definitionsOfRules(),
    withDigest({
      kind: 'formulary',
      key: 'medicines',
      edition: formularyEdition,
      title: '药品目录',
      from: null,
      engine: engineEdition,
      content: builtInFormulary,
    }),
  ];
  return known;
}
