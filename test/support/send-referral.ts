import { uuidv7 } from 'uuidv7';
import type { TestClient, TestReply, TestServer } from './server.ts';

/** A house by its path. */
export async function houseAt(server: TestServer, path: string): Promise<string> {
  const [row] = await server.look<{ id: string }>('select id from organization where path = $1', [path]);
  if (!row) throw new Error(`no house at ${path}`);
  return row.id;
}

/** Somebody comes to the centre in an emergency and is sent on: to a house of the county, or elsewhere. */
export async function sendFromCentre(
  { nurse, doctor }: { nurse: TestClient; doctor: TestClient },
  input: {
    residentId: string;
    toOrganizationId?: string | undefined;
    urgency?: 'emergency' | 'soon' | 'routine';
    body?: object;
  },
): Promise<{ referralId: string; visitId: string; sent: TestReply }> {
  const visitId = uuidv7();
  const arrived = await nurse.call('POST', `/api/residents/${input.residentId}/visits`, {
    operationId: uuidv7(),
    visitId,
    entry: 'A3',
    declinedReason: '先看病',
    pressure: { sbp: 196, dbp: 118 },
    dangerSign: '胸痛',
  });
  if (arrived.status !== 200) throw new Error(JSON.stringify(arrived.body));
  const visit = await doctor.call('GET', `/api/visits/${visitId}`);
  const referralId = uuidv7();
  const sent = await doctor.call('POST', `/api/visits/${visitId}/referral-requests`, {
    operationId: uuidv7(),
    referralId,
    version: visit.body.version,
    ...(input.toOrganizationId ? { toOrganizationId: input.toOrganizationId } : {}),
    toDepartment: '心内科',
    urgency: input.urgency ?? 'emergency',
    reason: '胸痛伴血压196/118',
    firstHandling: '平卧、吸氧、舌下含服硝酸甘油、心电图',
    ...input.body,
  });
  return { referralId, visitId, sent };
}

/** People of a place who are on no list and in no programme, by path. */
export const quietPeople = (server: TestServer, under: string, count: number) =>
  server.look<{ id: string; name: string; org_path: string }>(
    `select r.id, r.name, r.org_path from resident r
     where r.status = 'active' and r.org_path like $1 and r.birth_date between '1960-01-01' and '1980-12-31'
       and not exists (select 1 from enrollment e where e.resident_id = r.id)
       and not exists (select 1 from contract c where c.resident_id = r.id)
     order by r.id desc limit $2`,
    [`${under}%`, count],
  );
