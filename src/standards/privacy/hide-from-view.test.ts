import { describe, expect, it } from 'vitest';
import { hideFromView, mayHoldHidden, nothingShown } from './hide-from-view.ts';

/** What somebody sees who may see nothing of a person. */
const hidden = (value: unknown) => hideFromView(value, { shown: () => nothingShown });

/** Ids as they are made, in each of which somebody would read a mobile number. */
const idsLikeNumbers = [
  '01a21d81-6818-7c0c-afe6-c14108813002',
  '01a21d81-f141-7165-8272-05120a2baf94',
  '01a21d81-6818-7c0c-afe6-13912345678a',
  '01a2b138-1234-7567-8abc-0123456789ab',
];

describe('what is hidden from whoever sees nothing of a person', () => {
  it('is a mobile or identity number wherever it stands in a text', () => {
    expect(hidden({ about: '打13812345678找他' })).toEqual({ about: '打138****5678找他' });
    expect(hidden({ about: 'tel138 1234 5678, 138-1234-5678' })).toEqual({
      about: 'tel138****5678, 138****5678',
    });
    expect(hidden(['999999195001011239 说明'])).toEqual(['999999********1239 说明']);
  });

  it('is never a part of an id: a page shown under a changed id leads to nobody', () => {
    for (const id of idsLikeNumbers) {
      const answer = { requestId: id, items: [id], link: `/residents/${id}/forms`, [id]: id };
      expect(hidden(answer), id).toEqual(answer);
      expect(hidden({ upper: id.toUpperCase() })).toEqual({ upper: id.toUpperCase() });
    }
  });

  it('is never a part of a fingerprint', () => {
    const fingerprint = `${'a'.repeat(20)}13812345678${'b'.repeat(33)}`;
    expect(hidden({ sha256: fingerprint })).toEqual({ sha256: fingerprint });
  });

  it('is never a key, nor where the next page begins: a phone could not open its store again', () => {
    const made = {
      share: 'HIV+q0xZ=',
      recovery: 'x/HBV/9==',
      handOverToken: 'a_hcv_13812345678-',
      publicKey: '-HIV_',
    };
    expect(hidden(made)).toEqual(made);
    expect(hidden({ nextCursor: 'HIV-' })).toEqual({ nextCursor: 'HIV-' });
    expect(hidden({ about: 'HIV+' })).not.toEqual({ about: 'HIV+' });
  });

  it('is a number beside an id, and one that only begins as an id does', () => {
    const [id] = idsLikeNumbers;
    expect(hidden(`${id} 13812345678`)).toBe(`${id} 138****5678`);
    expect(hidden('c13812345678')).toBe('c138****5678');
    expect(hidden('01a21d81-6818-13812345678')).toBe('01a21d81-6818-138****5678');
  });

  it('is looked for in every answer that holds a number', () => {
    expect(mayHoldHidden('{"about":"打13812345678找他"}')).toBe(true);
    expect(mayHoldHidden('{"about":"不用打电话"}')).toBe(false);
  });
});
