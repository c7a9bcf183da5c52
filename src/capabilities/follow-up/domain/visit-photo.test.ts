import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallJpeg } from '#test/support/small-jpeg.ts';
import { faultOfPhoto, photoLimits } from './visit-photo.ts';

describe('a photo of a visit', () => {
  it('is a JPEG by its bytes, small, whole, and says nothing of where it was taken', () => {
    expect(faultOfPhoto(smallJpeg())).toBeUndefined();
    expect(faultOfPhoto(smallJpeg({ bytes: photoLimits.bytes }))).toBeUndefined();
    expect(faultOfPhoto(smallJpeg({ bytes: photoLimits.bytes + 1 }))).toBe('too-big');
    expect(faultOfPhoto(smallJpeg({ width: 4096 }))).toBeUndefined();
    expect(faultOfPhoto(smallJpeg({ width: 4097 }))).toBe('too-big');
    expect(faultOfPhoto(smallJpeg({ height: 0 }))).toBe('broken');
    expect(faultOfPhoto(smallJpeg({ withExif: true }))).toBe('carries-metadata');
    expect(faultOfPhoto(smallJpeg().subarray(0, 50_000))).toBe('broken');
    for (const other of ['', '<html>', '%PDF-1.7', '\u0089PNG\r\n', 'GIF89a', 'MZ'])
      expect(faultOfPhoto(Buffer.from(other.padEnd(200, 'x'), 'latin1')), other).toBe('not-a-jpeg');
  });

  it('is judged without a fault of our own, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        faultOfPhoto(noise);
        const cut = smallJpeg({ bytes: 400 });
        for (const [at, byte] of noise.entries()) cut[2 + (at % 300)] = byte;
        faultOfPhoto(cut);
      }),
    );
  });
});
