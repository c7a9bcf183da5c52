import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { printSex } from '#standards/identity/print-sex.ts';

/** A person on a list of work: how things stand, who it is and where, then what the list says of them; opens the record. */
export function PersonLine(props: {
  person: { residentId: string; name: string; sex: string; ageYears: number; organizationName: string };
  tag: ReactNode;
  children: ReactNode;
}) {
  const { residentId, name, sex, ageYears, organizationName } = props.person;
  return (
    <Link to="/residents/$residentId" params={{ residentId }} className="work-line">
      {props.tag}
      <div>
        <b>{name}</b> {printSex(sex)} {ageYears} 岁<div className="small soft">{organizationName}</div>
      </div>
      {props.children}
    </Link>
  );
}
