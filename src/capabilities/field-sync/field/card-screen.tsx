import { groupSpokenCode, spokenCodeOf } from '#capabilities/residents/domain/spoken-code.ts';
import { FieldButton, FieldEmpty } from '#platform/browser/field/controls.tsx';
import { usePathParts } from '#platform/browser/field/navigation.tsx';
import { QrCode } from '#platform/browser/field/qr-code.tsx';
import { cardTextOf } from './card-text.ts';
import { InnerFrame } from './field-frame.tsx';
import { sexAndAge } from './person-words.tsx';
import { usePerson, usePhoneToday } from './phone-context.tsx';

/** A resident's card: a QR code that names nobody, and seven digits that can be read aloud. */
export function CardScreen() {
  const { id = '' } = usePathParts('/people/:id/card');
  const person = usePerson(id);
  const today = usePhoneToday();
  const found = person.kind === 'there' ? person.value : undefined;
  return (
    <InnerFrame
      title="居民二维码卡"
      back={`/people/${id}`}
      action={
        <FieldButton kind="main" onClick={() => window.print()}>
          打印
        </FieldButton>
      }
    >
      {found ? (
        <section className="f-card" style={{ textAlign: 'center' }}>
          <div className="f-name">
            {found.name} {sexAndAge(found, today)}
          </div>
          <QrCode text={cardTextOf(found.id)} label={`${found.name} 的居民码`} />
          <div className="f-soft">居民码（扫不出来就念这 7 位）</div>
          <div style={{ fontSize: 36, fontWeight: 700, letterSpacing: 2 }}>
            {groupSpokenCode(spokenCodeOf(found.id))}
          </div>
          <p className="f-small f-soft">二维码里只有内部编号，没有姓名和病情；丢了也不泄露。</p>
        </section>
      ) : (
        person.kind === 'there' && <FieldEmpty title="本机没有这个人" />
      )}
    </InnerFrame>
  );
}
