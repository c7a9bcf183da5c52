import { FieldEmpty } from '#platform/browser/field/controls.tsx';
import { usePathParts } from '#platform/browser/field/navigation.tsx';
import { ContactAttempts } from './contact-attempts.tsx';
import { InnerFrame } from './field-frame.tsx';
import { usePerson, usePhoneToday } from './phone-context.tsx';

/** Writes down attempts to reach a person, so that the person may be written down as lost when nobody is reached. */
export function ContactScreen() {
  const { id = '' } = usePathParts('/people/:id/contact');
  const person = usePerson(id);
  const today = usePhoneToday();
  const found = person.kind === 'there' ? person.value : undefined;
  return (
    <InnerFrame title={found ? `${found.name} · 记录联系` : '记录联系'} back={`/people/${id}`}>
      {person.kind === 'there' && !found && (
        <FieldEmpty title="本机没有这个人">可能已移出您的管理范围。</FieldEmpty>
      )}
      {found && <ContactAttempts person={found} today={today} lostOn={today} />}
    </InnerFrame>
  );
}
