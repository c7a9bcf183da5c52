import { dialLink } from '#kernel/dial-link.ts';

/** Whom to call while the other house does not know yet: 120 in an emergency, and the house where its number is known. */
export function CallHouse(props: {
  name: string | undefined;
  phone: string | undefined;
  isEmergency: boolean;
}) {
  const { name = '接收机构', phone, isEmergency } = props;
  const dial = dialLink(phone);
  return (
    <div className="f-row" style={{ marginTop: 8 }}>
      {isEmergency && (
        <a className="f-button" href="tel:120">
          ☎ 拨打 120
        </a>
      )}
      {dial ? (
        <a className="f-button" href={dial}>
          ☎ {name} {phone}
        </a>
      ) : (
        <span className="f-small f-soft">本机没有{name}的电话，请按平时的号码联系。</span>
      )}
    </div>
  );
}
