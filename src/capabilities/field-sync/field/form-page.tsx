import { type ReactNode, useState } from 'react';
import type { FormSubject } from '#kernel/form-condition.ts';
import type { FormAnswers, FormEdition, FormField } from '#kernel/form-shape.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { BottomSheet, FieldButton } from '#platform/browser/field/controls.tsx';
import { FieldForm } from '#platform/browser/field/field-form.tsx';
import type { SaveResult } from '#platform/browser/offline/field-store.ts';
import { InnerFrame } from './field-frame.tsx';
import { whyNotSaved } from './why-not-saved.ts';

/** A form being typed with what is wrong with it now. */
export interface FormPageProps {
  readonly title: string;
  readonly back: string;
  readonly edition: FormEdition;
  readonly answers: FormAnswers;
  readonly subject: FormSubject;
  readonly errors: readonly FieldIssue[];
  readonly warnings: readonly FieldIssue[];
  /** What the server said when it sent this form back. */
  readonly refusal?: readonly string[];
  readonly taken?: ReadonlySet<string>;
  readonly only?: (field: FormField) => boolean;
  readonly saveLabel: string;
  readonly onChange: (id: string, value: unknown) => void;
  readonly onSave: (confirmed: readonly string[]) => Promise<SaveResult>;
  readonly children?: ReactNode;
  readonly below?: ReactNode;
}

/** A form to fill and save: what is missing is shown when saving is tried, doubts are asked once. */
export function FormPage(props: FormPageProps) {
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string>();
  const shownErrors = tried
    ? props.errors
    : props.errors.filter((issue) => !['missing', 'needs-text'].includes(issue.code));
  const save = async () => {
    setAsking(false);
    const result = await props.onSave(props.warnings.map((issue) => `${issue.path}:${issue.code}`));
    if (result.kind === 'refused') setFailure(whyNotSaved(result, true));
  };
  const trySave = () => {
    setTried(true);
    setFailure(undefined);
    if (props.errors.length > 0)
      setTimeout(() => document.querySelector('.f-error')?.scrollIntoView({ block: 'center' }), 60);
    else if (props.warnings.length > 0) setAsking(true);
    else void save();
  };
  const missing = props.errors.filter((issue) => ['missing', 'needs-text'].includes(issue.code)).length;
  return (
    <>
      <InnerFrame
        title={props.title}
        back={props.back}
        action={
          <FieldButton kind="main" onClick={trySave}>
            {props.saveLabel}
            {missing > 0 && `（还差 ${missing} 项）`}
          </FieldButton>
        }
      >
        {props.refusal && props.refusal.length > 0 && (
          <div className="f-note" data-state="crisis" role="alert">
            {props.refusal.map((line) => (
              <div key={line}>{line}</div>
            ))}
          </div>
        )}
        {failure && (
          <div className="f-note" data-state="crisis" role="alert">
            {failure}
          </div>
        )}
        {props.children}
        <FieldForm
          edition={props.edition}
          answers={props.answers}
          subject={props.subject}
          issues={{ errors: shownErrors, warnings: props.warnings }}
          {...(props.taken ? { taken: props.taken } : {})}
          {...(props.only ? { only: props.only } : {})}
          onChange={props.onChange}
        />
        {props.below}
      </InnerFrame>
      {asking && (
        <BottomSheet title="请核对" onClose={() => setAsking(false)}>
          <ul style={{ margin: 0, paddingLeft: 20 }}>
            {props.warnings.map((issue) => (
              <li key={issue.path + issue.code}>{issue.message}</li>
            ))}
          </ul>
          <FieldButton kind="main" onClick={() => void save()}>
            已核对，确认保存
          </FieldButton>
        </BottomSheet>
      )}
    </>
  );
}
