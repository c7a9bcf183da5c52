import { asideWords, type CarriedDraft } from '#kernel/carry-answers.ts';
import type { FormEdition } from '#kernel/form-shape.ts';

/** On which editions a sheet is typed, and what was typed on another that has no place here. */
export function EditionNote(props: {
  readonly editions: readonly FormEdition[];
  readonly draft: CarriedDraft;
  /** The draft was begun on editions nobody has any more: nothing says what its codes meant. */
  readonly lost?: readonly string[];
}) {
  const aside = asideWords(props.draft);
  const { lost = [] } = props;
  return (
    <>
      <p className="small soft" style={{ margin: 0 }}>
        表单版本：{props.editions.map(({ title, edition }) => `${title} ${edition} 版`).join('；')}
      </p>
      {lost.length > 0 && (
        <p className="card" role="status" style={{ color: 'var(--late)', margin: 0 }}>
          这份草稿是在 {lost.join('、')} 版上开始填写的，本程序没有那一版的表样，请逐项核对后保存。
        </p>
      )}
      {aside.length > 0 && (
        <section className="card" role="status" aria-label="换版未带入" style={{ color: 'var(--late)' }}>
          <b>日期换到另一版有效的日子，下列已填内容在这一版上没有位置，没有带入；改回原来的日期就恢复：</b>
          <ul style={{ margin: '6px 0 0', paddingLeft: 20 }}>
            {aside.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
