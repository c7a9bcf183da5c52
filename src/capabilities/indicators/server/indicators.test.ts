import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orgPath } from '#kernel/org-path.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { visitAfter } from '#test/support/sample-visit.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';
import { figureSchema } from '../contract.ts';
import { judgeManagementYear } from '../domain/judge-management-year.ts';
import { hypertensionCount } from './hypertension-count.ts';
import { loadManagementCases } from './load-management-facts.ts';

let server: TestServer;
let bureau: TestClient;
let doctor: TestClient;

beforeAll(async () => {
  server = await startTestServer({ residents: 4000 });
  bureau = await server.signIn('bureau');
  doctor = await server.signIn('village');
});
afterAll(() => server.stop());

async function everyone(client: TestClient, organizationId: string, figure: string, side: string) {
  const ids: string[] = [];
  let cursor: string | undefined;
  let total = 0;
  do {
    const reply = await client.call('POST', '/api/indicators/hypertension/people', {
      organizationId,
      figure,
      side,
      limit: 100,
      ...(cursor ? { cursor } : {}),
    });
    expect(reply.status).toBe(200);
    ids.push(...reply.body.items.map((item: { id: string }) => item.id));
    for (const item of reply.body.items) expect(item.reasons.length).toBeGreaterThan(0);
    total = reply.body.total;
    cursor = reply.body.nextCursor ?? undefined;
  } while (cursor);
  expect(ids).toHaveLength(total);
  expect(new Set(ids).size).toBe(total);
  return ids;
}

describe('the county page', () => {
  it('every figure is the length of its list, at county, township and village', async () => {
    const county = (await bureau.call('GET', '/api/indicators/hypertension')).body;
    const township = county.children[0];
    const below = (await bureau.call('GET', `/api/indicators/hypertension?organizationId=${township.id}`))
      .body;
    for (const place of [county.organization, township, below.children[0]]) {
      const page = (await bureau.call('GET', `/api/indicators/hypertension?organizationId=${place.id}`)).body;
      for (const figure of figureSchema.options) {
        const inside = await everyone(bureau, place.id, figure, 'in');
        expect(inside.length, `${place.name} ${figure}`).toBe(page.figures[figure]);
        if (['standard', 'controlledStatutory', 'controlledClinical'].includes(figure)) {
          const outside = await everyone(bureau, place.id, figure, 'out');
          expect(inside.length + outside.length).toBe(page.figures.managed);
        }
      }
    }
  });

  it('a place’s figures are the sum of those below it', async () => {
    const county = (await bureau.call('GET', '/api/indicators/hypertension')).body;
    for (const figure of figureSchema.options) {
      const sum = county.children.reduce(
        (n: number, child: { figures: Record<string, number> }) => n + (child.figures[figure] ?? 0),
        0,
      );
      expect(sum).toBe(county.figures[figure]);
    }
  });

  it('an office of the county shows the county', async () => {
    const county = (await bureau.call('GET', '/api/indicators/hypertension')).body;
    const me = (await bureau.call('GET', '/api/session')).body;
    const mine = (
      await bureau.call('GET', `/api/indicators/hypertension?organizationId=${me.organizationId}`)
    ).body;
    expect(mine.organization.id).toBe(county.organization.id);
    expect(mine.figures).toEqual(county.figures);
  });

  it('a visit just saved, and a second of the same day, are in the stored judgement as in the facts', async () => {
    const [one] = await server.look<{ id: string }>(
      `select e.resident_id as id from enrollment e join resident r on r.id = e.resident_id
       where e.program = 'hypertension' and e.closed_on is null and e.org_path = '/999999/100/201/'
         and e.enrolled_on < '2026-01-01' and r.status = 'active' and not exists (select 1 from form_record f
           where f.resident_id = e.resident_id and f.occurred_on > '2026-11-20') order by e.id limit 1`,
    );
    const start = await doctor.call('GET', `/api/residents/${one?.id}/follow-ups/prepare`);
    const sheets = [
      { sbp: 128, dbp: 78, visitClass: '1', nextVisitDate: '2027-02-22' },
      { sbp: 152, dbp: 92, visitClass: '2', nextVisitDate: '2026-12-07' },
    ];
    for (const sheet of sheets) {
      const reply = await doctor.call('POST', '/api/follow-ups', {
        operationId: uuidv7(),
        recordId: uuidv7(),
        residentId: one?.id,
        formEdition: '2017',
        answers: visitAfter(start.body.prefill, sheet),
        confirmed: ['visitDate:same-day', 'referralReason:refer'],
      });
      expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    }
    const [stored] = await server.look<{ last_sbp: number; controlled_statutory: boolean }>(
      'select last_sbp, controlled_statutory from management_year where year = 2026 and resident_id = $1',
      [one?.id],
    );
    expect(stored).toEqual({ last_sbp: 152, controlled_statutory: false });
  });

  it('stored judgements equal those computed anew from the facts', async () => {
    const scope = { countyId: '999999', path: orgPath('/999999/') };
    await withScope(server.database, scope, async (tx) => {
      const rows = await tx.selectFrom('management_year').selectAll().where('year', '=', 2026).execute();
      const cases = await loadManagementCases(tx, {
        countyId: '999999',
        count: hypertensionCount,
        year: 2026,
        asOf: plainDate('2026-11-24'),
        residentIds: rows.map((row) => row.resident_id),
      });
      expect(cases).toHaveLength(rows.length);
      const byResident = new Map(cases.map((one) => [one.residentId, judgeManagementYear(one.facts)]));
      for (const row of rows) {
        const fresh = byResident.get(row.resident_id);
        expect({
          managed: row.managed,
          standard: row.standard,
          c: row.controlled_statutory,
          through: row.valid_through,
        }).toEqual({
          managed: fresh?.managed,
          standard: fresh?.standard,
          c: fresh?.controlledStatutory,
          through: fresh?.validThrough,
        });
      }
    });
  });

  it('judges again when the day has moved on, and opens the new year', async () => {
    const asOf = async (now: string) => {
      server.setNow(new Date(now));
      const client = await server.signIn('bureau');
      return (await client.call('GET', '/api/indicators/hypertension')).body;
    };
    const yearEnd = await asOf('2026-12-31T02:00:00Z');
    expect(yearEnd.asOf).toBe('2026-12-31');
    const stale = await server.look(
      `select 1 from management_year where year = 2026 and valid_through < '2026-12-31'`,
    );
    expect(stale).toHaveLength(0);
    const newYear = await asOf('2027-01-01T02:00:00Z');
    expect(newYear.year).toBe(2027);
    expect(newYear.figures.managed).toBeGreaterThan(0);
    expect(newYear.figures.controlledStatutory).toBe(0);
    server.setNow(new Date('2026-11-24T02:00:00Z'));
  });

  it('shows a village doctor the village and nothing above it', async () => {
    const page = (await doctor.call('GET', '/api/indicators/hypertension')).body;
    expect(page.organization.kind).toBe('village-clinic');
    const county = (await bureau.call('GET', '/api/indicators/hypertension')).body;
    const above = await doctor.call(
      'GET',
      `/api/indicators/hypertension?organizationId=${county.organization.id}`,
    );
    expect(above.status).toBe(404);
    const people = await doctor.call('POST', '/api/indicators/hypertension/people', {
      organizationId: county.organization.id,
      figure: 'managed',
      side: 'in',
    });
    expect(people.status).toBe(404);
  });
});
