import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take long, the longest first, before all others: one of them begun last would leave the other processor
 * with nothing to do. What the runner remembers itself is not there in a fresh clone.
 */
const long = [
  'test/journeys/accessibility.test.ts',
  'test/journeys/start.test.ts',
  'test/journeys/backup.test.ts',
  'test/journeys/phone-store.test.ts',
  'test/journeys/checkups.test.ts',
  'test/journeys/centre.test.ts',
  'test/journeys/county.test.ts',
  'test/journeys/full-disk.test.ts',
  'test/journeys/field-app.test.ts',
  'test/journeys/screening.test.ts',
  'test/journeys/contracts.test.ts',
  'test/journeys/field-day.test.ts',
  'test/journeys/field-support.test.ts',
  'test/simulation/phones.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(`/${name}`));
      return at === -1 ? long.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
