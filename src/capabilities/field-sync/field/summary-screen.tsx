import { describeAnswer } from '#kernel/form-describe.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { FieldButton, FieldEmpty, FieldLoading, useLoaded } from '#platform/browser/field/controls.tsx';
import { usePathParts } from '#platform/browser/field/navigation.tsx';
import { QrCode } from '#platform/browser/field/qr-code.tsx';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { type HealthSummary, summarise } from '../domain/signed-summary.ts';
import { InnerFrame } from './field-frame.tsx';
import { usePerson, usePhoneToday } from './phone-context.tsx';
import { sealSummary } from './summary-seal.ts';
import { type Signing, useSigning } from './use-signing.ts';

/** A signed summary to show to another doctor, who checks it on their own phone without a network. */
export function SummaryScreen() {
  const { id = '' } = usePathParts('/people/:id/summary');
  const person = usePerson(id);
  const signing = useSigning();
  const found = person.kind === 'there' ? person.value : undefined;
  return (
    <InnerFrame
      title="健康摘要"
      back={`/people/${id}/paper`}
      action={
        <FieldButton kind="main" onClick={() => window.print()}>
          打印
        </FieldButton>
      }
    >
      {person.kind === 'there' && !found && <FieldEmpty title="本机没有这个人" />}
      {(person.kind === 'loading' || signing === undefined) && <FieldLoading />}
      {signing === null && (
        <FieldEmpty title="还不能签名">联网打开一次后，这台手机就能离线签名和验证。</FieldEmpty>
      )}
      {found && signing && <Sealed person={found} signing={signing} />}
    </InnerFrame>
  );
}

function Sealed({ person, signing }: { person: PersonDocument; signing: Signing }) {
  const today = usePhoneToday();
  const summary = summarise(person, allergiesOf(person), today);
  const sealed = useLoaded(
    () => sealSummary(summary, signing.key, signing.certificate),
    JSON.stringify(summary),
  );
  return (
    <section className="f-card" style={{ textAlign: 'center' }}>
      {sealed.kind === 'there' ? (
        <QrCode text={sealed.value} label={`${person.name} 的健康摘要二维码`} size={320} ecc="L" />
      ) : (
        <FieldLoading />
      )}
      <SummaryLines summary={summary} />
      <p className="f-small f-soft">
        给本县其他医生看：对方在“查找 → 扫码”里拍这个码即可离线验证。内容只有下面这些，{summary.validThrough}{' '}
        前有效。
      </p>
    </section>
  );
}

/** The summary in words, as both phones show it. */
export function SummaryLines({ summary }: { summary: HealthSummary }) {
  const lines: readonly (readonly [string, string])[] = [
    ['姓名', `${summary.name} ${summary.sex} ${summary.birthYear} 年生`],
    ['病种', summary.diseases.join('、') || '无在管病种'],
    ['最近', summary.readings.join('；') || '无'],
    ['用药', summary.medicines.length > 0 ? `${summary.medicines.join('；')}（每次×每日次数）` : '无'],
    ['过敏', summary.allergies],
    ['签发', summary.issuedOn],
  ];
  return (
    <dl className="f-pairs" style={{ textAlign: 'left', marginTop: 10 }}>
      {lines.map(([label, text]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const allergyField = fieldsOf(personalInformation2017).find((field) => field.id === 'drugAllergies');

/** Allergies in words; not asked is said as not asked. */
export function allergiesOf(person: PersonDocument): string {
  const { drugAllergies, drugAllergyOther } = person.information;
  if (!allergyField || !Array.isArray(drugAllergies) || drugAllergies.length === 0) return '未记录';
  return [describeAnswer(allergyField, drugAllergies), drugAllergyOther].filter(Boolean).join('：');
}
