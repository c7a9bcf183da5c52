import type { ReactNode } from 'react';
import { isRequired } from '#kernel/form-checks.ts';
import { type FormSubject, meets } from '#kernel/form-condition.ts';
import type { FormAnswers, FormEdition, FormField } from '#kernel/form-shape.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { FieldAnswer } from './field-answer.tsx';

export interface FieldFormProps {
  readonly edition: FormEdition;
  readonly answers: FormAnswers;
  readonly subject: FormSubject;
  readonly issues: { readonly errors: readonly FieldIssue[]; readonly warnings: readonly FieldIssue[] };
  /** Taken over from the last visit and not yet touched. */
  readonly taken?: ReadonlySet<string>;
  /** Which fields to show; all when left out. */
  readonly only?: (field: FormField) => boolean;
  /** Groups open from the start; all when left out. */
  readonly open?: (groupId: string) => boolean;
  /** Another input for a field than its kind has by itself; undefined for the usual one. */
  readonly inputOf?: (
    field: FormField,
    value: unknown,
    onChange: (value: unknown) => void,
  ) => ReactNode | undefined;
  readonly onChange: (id: string, value: unknown) => void;
}

/** A form edition for the thumb: groups to unfold, each saying what it still lacks and what it holds. */
export function FieldForm(props: FieldFormProps) {
  const { edition, answers, subject } = props;
  return (
    <>
      {edition.groups.map((group) => {
        const fields = group.fields.filter(
          (field) =>
            (field.visible === undefined || meets(field.visible, answers, subject)) &&
            (props.only?.(field) ?? true),
        );
        if (fields.length === 0) return null;
        const wrong = props.issues.errors.filter((issue) =>
          fields.some((field) => isOf(issue, field)),
        ).length;
        const isOpen = props.open?.(group.id) ?? true;
        return (
          <details key={group.id} className="f-card f-details" open={isOpen || undefined}>
            <summary>
              <span>{group.title}</span>
              {wrong > 0 && <span className="f-error">还差 {wrong} 项</span>}
            </summary>
            {fields.map((field) => (
              <FieldLine key={field.id} field={field} {...props} />
            ))}
          </details>
        );
      })}
    </>
  );
}

/** One field with its label, what is taken over and what is wrong with it. */
export function FieldLine({ field, ...props }: FieldFormProps & { field: FormField }): ReactNode {
  const errors = props.issues.errors.filter((issue) => isOf(issue, field));
  const warnings = props.issues.warnings.filter((issue) => isOf(issue, field));
  const isTaken = props.taken?.has(field.id) ?? false;
  const change = (value: unknown) => props.onChange(field.id, value);
  return (
    <div className={`f-field ${isTaken ? 'f-taken' : ''}`} data-field={field.id}>
      <label
        className="f-label"
        htmlFor={`f-${field.id}`}
        data-required={isRequired(field, props.answers, props.subject)}
      >
        {field.label}
        {field.unit ? `（${field.unit}）` : ''}
        {isTaken && <span className="f-small">　同上次</span>}
      </label>
      {props.inputOf?.(field, props.answers[field.id], change) ?? (
        <FieldAnswer field={field} value={props.answers[field.id]} onChange={change} />
      )}
      {field.note && <div className="f-small f-soft">{field.note}</div>}
      {errors.map((issue) => (
        <div key={issue.code + issue.path} className="f-error" role="alert">
          {issue.message}
        </div>
      ))}
      {warnings.map((issue) => (
        <div key={issue.code + issue.path} className="f-warning">
          {issue.message}
        </div>
      ))}
    </div>
  );
}

function isOf(issue: FieldIssue, field: FormField): boolean {
  return issue.path === field.id || issue.path.startsWith(`${field.id}.`);
}
