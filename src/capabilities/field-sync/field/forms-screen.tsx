import { recordForms } from '#capabilities/records/domain/record-forms.ts';
import { FieldLink, usePathParts } from '#platform/browser/field/navigation.tsx';
import { InnerFrame } from './field-frame.tsx';

/** Forms a village doctor fills on the phone, in the order of use; the others stay on the workbench. */
const onPhone = [
  'first-visit-blood-pressure',
  'hypertension-high-risk',
  'diabetes-risk-score',
  'diabetes-high-risk',
  'copd-sq',
  'copd-ps',
  'stroke-risk-8',
  'elder-self-care',
  'encounter-note',
];

/** What can be filled for a person here. */
export function FormsScreen() {
  const { id = '' } = usePathParts('/people/:id/forms');
  return (
    <InnerFrame title="填表" back={`/people/${id}`}>
      <ul className="f-list">
        {onPhone.flatMap((form) => {
          const known = recordForms.find((one) => one.form === form);
          return known ? (
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
