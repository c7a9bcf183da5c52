import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageSchema } from './wire-schemas.ts';

const page = z.strictObject(pageSchema(50));
const wrongWith = (limit: unknown) => page.safeParse({ limit }).error?.issues.map((one) => one.message);

describe('how long a page may be', () => {
  it('is taken from one to the most, and fifty or the most when nothing is said', () => {
    expect([1, '50', undefined].map((limit) => page.parse({ limit }).limit)).toEqual([1, 50, 50]);
    expect(z.strictObject(pageSchema(20)).parse({}).limit).toBe(20);
  });

  it('is refused otherwise with what is wrong', () => {
    expect(wrongWith(0)).toEqual(['每页至少 1 条。']);
    expect(wrongWith(51)).toEqual(['每页最多 50 条。']);
    expect(wrongWith(1.5)).toEqual(['条数应为整数。']);
    expect(wrongWith('many')).toEqual(['条数应为数字。']);
  });
});
