/** An emergency is called in before it is written down: 120, and the house that is to take the person. */
export function CallFirst({ house }: { house: { name: string; orgPhone: string | null } | undefined }) {
  return (
    <div className="row" role="note">
      <b>急症先打电话：</b>
      <a href="tel:120">☎ 120</a>
      {house?.orgPhone && (
        <a href={`tel:${house.orgPhone}`}>
          ☎ {house.name} {house.orgPhone}
        </a>
      )}
      {house && !house.orgPhone && (
        <span className="small soft">{house.name}没有登记电话，请管理员在“机构”里补登。</span>
      )}
    </div>
  );
}
