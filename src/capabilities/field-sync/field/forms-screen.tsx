import { recordForms } from '#capabilities/records/domain/record-forms.ts';
import { FieldLink, usePathParts } from '#platform/browser/field/navigation.tsx';
import { recordFormsOnPhone } from '../domain/phone-forms.ts';
import { InnerFrame } from './field-frame.tsx';
import { useDefinitions } from './use-definitions.ts';

/** What can be filled for a person here. */
export function FormsScreen() {
  const { id = '' } = usePathParts('/people/:id/forms');
  const book = useDefinitions();
  return (
    <InnerFrame title="填表" back={`/people/${id}`}>
      <ul className="f-list">
        {recordFormsOnPhone.flatMap((form) => {
          const known = recordForms.find((one) => one.form === form);
          // One the county no longer uses is not begun; while the book is read nothing is taken away.
          return known && !(book.kind === 'there' && book.value.isEnded(form)) ? (
            <li key={form} className="f-line">
              <FieldLink to={`/people/${id}/forms/${form}`} className="f-line-main">
                {known.title}
              </FieldLink>
            </li>
          ) : (
            []
          );
        })}
      </ul>
    </InnerFrame>
  );
}
