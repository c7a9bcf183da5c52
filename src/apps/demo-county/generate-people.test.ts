import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testToday } from '#test/support/server.ts';
import { type PeopleCopies, type PeopleInput, PeopleMaker } from './generate-people.ts';
import { planOrganizations } from './plan-organizations.ts';
import { IdMaker, Random } from './random.ts';

const ids = new IdMaker(new Random(2), 1_700_000_000_000);
const plan = planOrganizations(new Random(1), ids, '999999', 12_000);
const key = (fill: number) => new Uint8Array(32).fill(fill);
const input: PeopleInput = {
  plan,
  doctors: new Map(plan.villages.map((one) => [one.id, { id: ids.next(), name: '王守义', rounding: 0.3 }])),
  residents: 2000,
  seed: 11,
  today: testToday,
  keys: {
    suite: 'sm4-ctr-hmac-sm3',
    keys: [
      { id: ids.next(), purpose: 'field', bytes: key(1) },
      { id: ids.next(), purpose: 'index', bytes: key(2) },
    ],
  },
};
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** Everything of a village but the residents' rows, whose seals are drawn by lot; of these the size, which is not. */
const told = (copies: PeopleCopies) =>
  copies.map(({ table, bytes }) => [table, bytes.length, table === 'resident' || sha256(bytes)]);

describe('the people of the demo county', () => {
  it('are the same whichever of the villages a thread makes', () => {
    const all = new PeopleMaker(input);
    const [even, odd] = [new PeopleMaker(input), new PeopleMaker(input)];
    for (const village of plan.villages.keys()) {
      const alone = (village % 2 === 0 ? even : odd).make([village]);
      expect(told(alone)).toEqual(told(all.make([village])));
    }
  });
});
