import { asideWords, type CarriedDraft } from '#kernel/carry-answers.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { DefinitionBook } from './use-definitions.ts';

/** At the foot of a form: on which edition of each form it is written. */
export function EditionLine({ editions }: { editions: readonly FormEdition[] }) {
  return (
    <div className="f-small f-soft" style={{ padding: '4px 2px' }}>
      表单版本：{editions.map(({ title, edition }) => `${title} ${edition} 版`).join('；')}
    </div>
  );
}

/** When a newer edition is in force that this app cannot open; and what was typed on another and has no place on this one. */
export function EditionNotes(props: {
  editions: readonly FormEdition[];
  book: DefinitionBook;
  today: PlainDate;
  draft: CarriedDraft;
}) {
  const notes = props.editions.flatMap(({ form }) => props.book.tooNewWords(form, props.today) ?? []);
  const aside = asideWords(props.draft);
  return (
    <>
      {notes.map((note) => (
        <div key={note} className="f-note" data-state="late">
          {note}
        </div>
      ))}
      {aside.length > 0 && (
        <section className="f-note" data-state="late" aria-label="换版未带入">
          <b>日期换到另一版有效的日子，下列已填内容这一版没有位置，没有带入：</b>
          {aside.map((line) => (
            <div key={line}>{line}</div>
          ))}
          <div className="f-small">改回原来的日期就恢复。</div>
        </section>
      )}
    </>
  );
}

/** What of a form moved to this edition could not be carried over, to be typed by hand where it has a place. */
export function LeftOut({ lines }: { lines: readonly string[] }) {
  return (
    <section className="f-note" data-state="late" aria-label="改用新版">
      <b>{lines.length > 0 ? '已带入新版；下列内容新版放不下，没有带入：' : '填写的内容都已带入新版。'}</b>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
      <div className="f-small">请核对后保存。原来的一份随即作废，原文留在服务器上。</div>
    </section>
  );
}
