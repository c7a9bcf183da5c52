/** What a photo of a visit may be. The phone makes it small before it is kept; the server believes nobody. */
export const photoLimits = { bytes: 300 * 1024, perVisit: 3, longestSide: 4096 } as const;

export type PhotoFault = 'not-a-jpeg' | 'broken' | 'too-big' | 'carries-metadata';

export const photoFaultWords: Readonly<Record<PhotoFault, string>> = {
  'not-a-jpeg': '这不是照片（只收 JPEG），请重新拍一张。',
  broken: '照片没有传全或已损坏，请重新拍一张。',
  'too-big': '照片太大，请用手机应用里的拍照，会自动缩小。',
  'carries-metadata': '照片里带着拍摄地点等信息，请用手机应用里的拍照，会自动去掉。',
};

const [markStart, startOfImage, endOfImage, startOfScan] = [0xff, 0xd8, 0xd9, 0xda];
/** Segments that name place, time and make of the phone: Exif and XMP, and the comment. */
const tellingMarks = new Set([0xe1, 0xed, 0xfe]);
/** Frames say how large the picture is. C4, C8 and CC are no frames. */
const isFrame = (mark: number) => mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);

/** What is wrong with the bytes of a photo, by what they are and not by what they are called. */
export function faultOfPhoto(bytes: Uint8Array): PhotoFault | undefined {
  if (bytes.length < 4 || bytes[0] !== markStart || bytes[1] !== startOfImage) return 'not-a-jpeg';
  if (bytes.length > photoLimits.bytes) return 'too-big';
  if (bytes.at(-2) !== markStart || bytes.at(-1) !== endOfImage) return 'broken';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let hasFrame = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const mark = view.getUint8(at + 1);
    if (view.getUint8(at) !== markStart) return 'broken';
    if (mark === startOfScan) return hasFrame ? undefined : 'broken';
    if (tellingMarks.has(mark)) return 'carries-metadata';
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return 'broken';
    if (isFrame(mark)) {
      if (length < 8) return 'broken';
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      if (height === 0 || width === 0) return 'broken';
      if (Math.max(height, width) > photoLimits.longestSide) return 'too-big';
      hasFrame = true;
    }
    at += 2 + length;
  }
  return 'broken';
}
