const segment = (mark: number, content: readonly number[]) => [
  0xff,
  mark,
  (content.length + 2) >> 8,
  (content.length + 2) & 255,
  ...content,
];

/** The bones of a JPEG of any size in bytes: its segments in order, and noise where the picture would be. */
export function smallJpeg(
  options: { bytes?: number; width?: number; height?: number; withExif?: boolean } = {},
): Buffer {
  const { bytes = 90_000, width = 1280, height = 960 } = options;
  const exif = options.withExif ? segment(0xe1, [...Buffer.from('Exif\0\0GPS')]) : [];
  const frame = segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  const head = Buffer.from([0xff, 0xd8, ...exif, ...frame, ...segment(0xda, [1, 1, 0, 0, 63, 0])]);
  const noise = Buffer.alloc(Math.max(0, bytes - head.length - 2));
  for (let at = 0; at < noise.length; at++) noise[at] = (at * 31 + (at >> 8)) % 251;
  return Buffer.concat([head, noise, Buffer.from([0xff, 0xd9])]);
}
