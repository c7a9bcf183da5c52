import { describe, expect, it } from 'vitest';
import { parsePartialDate } from '#kernel/partial-date.ts';
import { findSource, sources } from './sources.ts';

describe('the register of documents', () => {
  it('has every key and title once', () => {
    expect(new Set(sources.map(({ key }) => key)).size).toBe(sources.length);
    expect(new Set(sources.map(({ title }) => title)).size).toBe(sources.length);
  });

  it.each(sources.map((one) => [one.key, one] as const))('%s is dated and consistent', (_, one) => {
    for (const day of [one.issued, one.inForceFrom, one.lastChecked]) {
      if (day !== undefined) expect(parsePartialDate(day)).toBe(day);
    }
    if (one.issued && one.inForceFrom) {
      expect(one.inForceFrom.slice(0, one.issued.length) >= one.issued).toBe(true);
    }
    expect(one.status === 'superseded').toBe(one.supersededBy !== undefined);
    if (one.supersededBy) expect(findSource(one.supersededBy)?.status).not.toBe('superseded');
    if (one.certainty === 'uncertain') expect(one.remark).toBeTruthy();
  });

  it('finds the document behind a policy choice', () => {
    expect(findSource('PHS-3/policy-B')?.key).toBe('PHS-3');
    expect(findSource('no-such-document')).toBeUndefined();
  });
});
