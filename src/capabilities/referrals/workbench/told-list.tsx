import type { ReactNode } from 'react';
import type { ReferralDetail } from '../contract.ts';

/** What was told of a person to a house that sees nothing else of them, below what else there is to say. */
export function ToldList(props: {
  readonly summary: ReferralDetail['summary'];
  readonly lines?: readonly (readonly [label: string, text: ReactNode])[];
}) {
  const { conditions, medicines, readings } = props.summary;
  const lines = [
    ...(props.lines ?? []),
    ['疾病', conditions.join('、') || '未登记'],
    ['用药', medicines.join('；') || '未登记'],
    [
      '最近检查',
      readings.length === 0
        ? '未登记'
        : readings.map((one) => (
            <div key={one.label}>
              {one.label} {one.value} {one.unit}{' '}
              <span className="soft">
                {one.on} {one.context}
              </span>
            </div>
          )),
    ],
  ] as const;
  return <LabelledLines lines={lines} />;
}

/** Labels on the left, what they say on the right. */
export function LabelledLines(props: {
  readonly lines: readonly (readonly [label: string, text: ReactNode])[];
}) {
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 12px', margin: 0 }}>
      {props.lines.map(([label, text]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt className="soft">{label}</dt>
          <dd style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
