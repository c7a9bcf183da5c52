import type { FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { DefinitionBook } from './use-definitions.ts';

/** On which edition of each form this is written, and when a newer one cannot be opened by this app. */
export function EditionLine(props: {
  editions: readonly FormEdition[];
  book: DefinitionBook;
  today: PlainDate;
}) {
  const notes = props.editions.flatMap(({ form }) => props.book.tooNewWords(form, props.today) ?? []);
  return (
    <>
      <div className="f-small f-soft">
        表单版本：{props.editions.map(({ title, edition }) => `${title} ${edition} 版`).join('；')}
      </div>
      {notes.map((note) => (
        <div key={note} className="f-note" data-state="late">
          {note}
        </div>
      ))}
    </>
  );
}
