import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldsOf } from '#kernel/form-shape.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';
import { identityAnswers, institutionAnswers, staffLists } from '#standards/privacy/identity-answers.ts';
import { walkDoors } from '#test/rigs/masking.ts';
import { type PlantedPerson, plantCanaries } from '#test/rigs/plant-canaries.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

/** A door that writes its own answer, past the place where answers are masked. */
const leaky = defineRoute({
  method: 'GET',
  path: '/api/planted-unmasked',
  summary: '测试用：自己发出的答复',
  action: 'residents.read',
  response: z.undefined(),
  async handle({ actor, reply }, { database }) {
    const rows = await withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
      tx.selectFrom('resident').select(['id', 'phone', 'personal_information']).execute(),
    );
    void reply.type('application/json').send(JSON.stringify(rows));
    return undefined;
  },
});

let server: TestServer;
let planted: PlantedPerson[];
beforeAll(async () => {
  server = await startTestServer({ residents: 300, moreRoutes: [leaky] });
  planted = await plantCanaries(server, 6);
});
afterAll(() => server.stop());

describe('PRV-03, PRV-10: whoever asks at whichever door', () => {
  it('sees no number, telephone, address or sensitive diagnosis the policy does not show; a door that forgets is found', async () => {
    const walk = await walkDoors(server, planted, { seed: 20_261_126, draws: 3, moreRoutes: [leaky] });
    const [forgot, others] = [true, false].map((is) =>
      walk.leaks.filter((leak) => leak.includes('/api/planted-unmasked') === is),
    );
    expect(others).toEqual([]);
    expect(forgot?.length).toBeGreaterThan(0);
    expect(server.takeFaults()).toEqual([]);
    expect(walk.answered).toBeGreaterThan(300);
    expect([...walk.met].sort().length, [...walk.met].join('\n')).toBeGreaterThan(25);
  }, 180_000);

  it('every question of a form that asks for a number, telephone or address is known as one', () => {
    const asks = /证件号|身份证号|残疾证号|电话|手机|住址|地址/;
    const unknown = allFormEditions.flatMap((edition) =>
      fieldsOf(edition).flatMap((field) =>
        (field.kind === 'rows' ? field.columns : [field])
          .filter((one) => one.kind === 'text' && asks.test(one.label))
          .filter(
            (one) =>
              !staffLists.has(field.id) && !institutionAnswers.has(one.id) && !(one.id in identityAnswers),
          )
          .map((one) => `${edition.form} ${field.id} ${one.label}`),
      ),
    );
    expect(unknown).toEqual([]);
  });
});
