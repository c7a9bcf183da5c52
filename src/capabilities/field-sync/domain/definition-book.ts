import type { PublishedAvailability } from '#capabilities/medicines/domain/availability.ts';
import {
  builtInFormulary,
  type FormularyEntry,
  readFormulary,
} from '#capabilities/medicines/domain/formulary-entry.ts';
import type { OwnCriticalValues } from '#clinical/early-warning/own-critical-values.ts';
import { engineEdition } from '#clinical/engine-edition.ts';
import { chooseEdition, datedEditions, type EditionHead } from '#kernel/choose-edition.ts';
import type { Parameter, PublishedRows } from '#kernel/dated.ts';
import type { DefinitionHead, HeldDefinitions } from '#kernel/definition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { formEdition, ownEditionHeads } from '#standards/forms/all-forms.ts';
import type { MadeUnder, SaidVerdict } from './made-under.ts';
import { takenThroughOf } from './taken-edition.ts';

/** The forms, numbers and settings this phone works with: what the server gave, and before that what the app was built with. */
export interface DefinitionBook {
  /** The edition a sheet about that day is begun on. */
  newest(form: string, day: PlainDate): FormEdition;
  /** The edition a draft was begun on and stays on; an app that knew only one did not write it down. */
  begun(form: string, edition: string | undefined): FormEdition;
  /** A newer edition in force that this app cannot read; told in words. */
  tooNewWords(form: string, day: PlainDate): string | undefined;
  /** The server offers no edition of it any more: a draft is finished, none is begun. */
  isEnded(form: string): boolean;
  edition(form: string, edition: string): FormEdition | undefined;
  oldest(form: string): FormEdition | undefined;
  readonly rows: PublishedRows;
  readonly criticalValues: OwnCriticalValues | undefined;
  readonly formulary: readonly FormularyEntry[];
  /** Which medicines the county's places have; undefined while nobody has said. */
  readonly availability: PublishedAvailability | undefined;
  /** What an operation says it was made under; nothing before the first definitions were taken. */
  made(begunOn: PlainDate, said: readonly SaidVerdict[]): MadeUnder | undefined;
}

/** The book of a phone with these definitions. */
export function bookOf(held: HeldDefinitions | undefined, engine = engineEdition): DefinitionBook {
  const heads: readonly DefinitionHead[] = held?.heads ?? [];
  const contentOf = (head: DefinitionHead | undefined) => head && held?.documents.get(head.digest)?.content;
  const published = (form: string) => heads.filter((one) => one.kind === 'form' && one.key === form);
  const headsOf = (form: string): readonly EditionHead[] =>
    published(form).length > 0 ? published(form) : ownEditionHeads(form, engine);
  const edition = (form: string, name: string): FormEdition | undefined => {
    const current = published(form).find((one) => one.edition === name);
    const kept =
      contentOf(current) ??
      [...(held?.documents.values() ?? [])].find(
        (one) => one.kind === 'form' && one.key === form && one.edition === name,
      )?.content;
    return (kept as FormEdition | undefined) ?? formEdition(form, name);
  };
  const oldest = (form: string): FormEdition | undefined => {
    const [first] = datedEditions(headsOf(form));
    return first && edition(form, first.edition);
  };
  const rows = new Map<string, Parameter<unknown>['rows']>();
  // Numbers of another engine may have another shape: the app goes on with its own.
  for (const head of heads)
    if (head.kind === 'rule-parameters' && head.engine === engine)
      for (const one of (contentOf(head) as readonly Parameter<unknown>[] | undefined) ?? [])
        rows.set(one.id, one.rows);
  const setting = (key: string) =>
    contentOf(heads.find((one) => one.kind === 'county-setting' && one.key === key));
  const formulary = contentOf(heads.find((one) => one.kind === 'formulary' && one.engine <= engine));
  return {
    newest: (form, day) => {
      const { chosen } = chooseEdition(headsOf(form), day, engine);
      return there(chosen && edition(form, chosen.edition));
    },
    begun: (form, name) => there(name === undefined ? oldest(form) : edition(form, name)),
    tooNewWords: (form, day) => {
      const { chosen, tooNew } = chooseEdition(published(form), day, engine);
      if (!tooNew) return undefined;
      const through = chosen && takenThroughOf(chosen);
      const until = through ? `，服务器收到 ${through} 为止` : '';
      return `“${tooNew.title}”已有 ${tooNew.edition} 版，本机应用太旧，打不开。请联网更新应用；更新前继续用 ${chosen?.edition ?? '原来'} 版填写${until}。`;
    },
    isEnded: (form) => {
      const forms = heads.filter((one) => one.kind === 'form');
      return forms.length > 0 && !forms.some((one) => one.key === form);
    },
    edition,
    oldest,
    rows,
    criticalValues: setting('critical-values') as OwnCriticalValues | undefined,
    formulary: readFormulary(formulary) ?? builtInFormulary,
    availability: setting('medicine-availability') as PublishedAvailability | undefined,
    made: (begunOn, said) => (held ? { definitions: held.set, engine, begunOn, said: [...said] } : undefined),
  };
}

/** An edition once taken is kept on the phone; without it a form must not be shown as another. */
function there(edition: FormEdition | undefined): FormEdition {
  if (!edition) throw new Error('本机没有开始填写时的表单版本，请联网同步后再打开。');
  return edition;
}
