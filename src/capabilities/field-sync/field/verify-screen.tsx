import { FieldEmpty, FieldLoading, FieldTag, useLoaded } from '#platform/browser/field/controls.tsx';
import { summaryRefusalWords } from '../domain/signed-summary.ts';
import { InnerFrame } from './field-frame.tsx';
import { usePhoneToday } from './phone-context.tsx';
import { SummaryLines } from './summary-screen.tsx';
import { openSummary } from './summary-seal.ts';
import { type Signing, useSigning } from './use-signing.ts';

/** Checks a summary another phone showed: believed with its signer, or refused with the reason. */
export function VerifyScreen() {
  const signing = useSigning();
  const sealed = decodeURIComponent(window.location.hash.slice(1));
  return (
    <InnerFrame title="验证健康摘要" back="/search">
      {signing === undefined ? (
        <FieldLoading />
      ) : signing === null ? (
        <FieldEmpty title="还不能验证">请联网一次，取得本县的公钥。</FieldEmpty>
      ) : (
        <Verdict sealed={sealed} signing={signing} />
      )}
    </InnerFrame>
  );
}

function Verdict({ sealed, signing }: { sealed: string; signing: Signing }) {
  const today = usePhoneToday();
  const opened = useLoaded(() => openSummary(sealed, signing.countyKeys, today), sealed + today);
  if (opened.kind !== 'there') return <FieldLoading />;
  if (opened.value.kind === 'refused')
    return (
      <div className="f-note" data-state="crisis" role="alert">
        <b>不能相信这个码</b>
        <div>{summaryRefusalWords[opened.value.why]}</div>
      </div>
    );
  const { summary, signer } = opened.value;
  return (
    <section className="f-card">
      <FieldTag state="good">✓ 已验证，内容未被改动</FieldTag>
      <SummaryLines summary={summary} />
      <p className="f-small f-soft">
        由 {signer.organization} {signer.doctor} 签发；{summary.validThrough} 前有效。
      </p>
    </section>
  );
}
