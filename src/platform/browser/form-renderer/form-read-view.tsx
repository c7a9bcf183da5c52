import { describeAnswer } from '#kernel/form-describe.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';

/** A filled form to read: every answered field with its label, group by group. */
export function FormReadView({ edition, answers }: { edition: FormEdition; answers: FormAnswers }) {
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 12 }}>
      {edition.groups.map((group) => {
        const lines = group.fields
          .map((field) => ({ field, text: describeAnswer(field, answers[field.id]) }))
          .filter((line) => line.text !== '');
        if (lines.length === 0) return null;
        return (
          <section key={group.id}>
            <h2 style={{ fontSize: 14, marginBottom: 6 }}>{group.title}</h2>
            <dl
              style={{
                display: 'grid',
                gridTemplateColumns: 'repeat(auto-fill, minmax(230px, 1fr))',
                gap: '6px 18px',
                margin: 0,
              }}
            >
              {lines.map(({ field, text }) => (
                <div key={field.id} style={{ display: 'flex', gap: 8 }}>
                  <dt className="soft" style={{ flex: 'none' }}>
                    {field.label}
                  </dt>
                  <dd style={{ margin: 0 }}>{text}</dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}
