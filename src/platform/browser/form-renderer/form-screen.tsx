import { type FormSubject, meets } from '#kernel/form-condition.ts';
import type { FormAnswers, FormEdition, FormField } from '#kernel/form-shape.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { FieldInput } from './field-input.tsx';

interface FormScreenProps {
  readonly edition: FormEdition;
  readonly answers: FormAnswers;
  readonly subject: FormSubject;
  readonly errors: readonly FieldIssue[];
  readonly warnings: readonly FieldIssue[];
  /** Fields whose value was taken over from the last visit and not yet touched. */
  readonly prefilled?: ReadonlySet<string>;
  readonly onChange: (id: string, value: unknown) => void;
}

/** A form edition as a screen: groups in the order of the paper, now and target side by side, what is wrong beside it. */
export function FormScreen(props: FormScreenProps) {
  return (
    <div data-form style={{ display: 'flex', flexDirection: 'column', gap: 14 }}>
      {props.edition.groups.map((group) => (
        <section key={group.id} className="card" aria-label={group.title}>
          <h2 style={{ marginBottom: 12 }}>{group.title}</h2>
          <div className="form-grid">
            {group.fields
              .filter(
                (field) => field.visible === undefined || meets(field.visible, props.answers, props.subject),
              )
              .map((field) => (
                <FieldLine key={field.id} field={field} {...props} />
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function FieldLine({ field, ...props }: FormScreenProps & { field: FormField }) {
  const errors = props.errors.filter((issue) => isOf(issue, field));
  const warnings = props.warnings.filter((issue) => isOf(issue, field));
  const isWide =
    field.kind === 'codes' ||
    field.kind === 'rows' ||
    (field.kind === 'code' && field.options.length > 4) ||
    (field.kind === 'text' && field.multiline === true);
  const isRequired =
    field.required === 'always' ||
    (field.required !== 'optional' && meets(field.required, props.answers, props.subject));
  return (
    <div className={`field${isWide ? ' field-wide' : ''}`}>
      <label className="field-label" htmlFor={`field-${field.id}`} data-required={isRequired}>
        {field.label}
      </label>
      <FieldInput
        field={field}
        value={props.answers[field.id]}
        prefilled={props.prefilled?.has(field.id) ?? false}
        onChange={(value) => props.onChange(field.id, value)}
      />
      {field.note && <div className="field-note">{field.note}</div>}
      {errors.map((issue) => (
        <div key={issue.code + issue.path} className="field-error" role="alert">
          {issue.message}
        </div>
      ))}
      {warnings.map((issue) => (
        <div key={issue.code} className="field-warning">
          {issue.message}
        </div>
      ))}
    </div>
  );
}

function isOf(issue: FieldIssue, field: FormField): boolean {
  return issue.path === field.id || issue.path.startsWith(`${field.id}.`);
}
