/** Longest side of a kept photo: enough to read a medicine box by. */
const longestSide = 1280;
const mostBytes = 200 * 1024;
/** A picture no phone of today takes is not opened at all. */
const mostBytesOfFile = 40 * 1024 * 1024;
const qualities = [0.82, 0.7, 0.58, 0.46];

/** Why a chosen file is not taken, in words. */
export class NoPhoto extends Error {}

/** A photo as it is kept: base64, and what its bytes must come to on the other side. */
export interface ShrunkPhoto {
  readonly content: string;
  readonly byteCount: number;
  readonly sha256: string;
}

/**
 * Makes a photo small by drawing it anew, which also leaves behind where and with what it was taken. Throws `NoPhoto` for
 * what this browser cannot open as a picture.
 */
export async function shrinkPhoto(file: Blob): Promise<ShrunkPhoto> {
  if (file.size > mostBytesOfFile) throw new NoPhoto('文件太大，请选普通照片。');
  const picture = await createImageBitmap(file).catch(() => {
    throw new NoPhoto('这个文件不是能打开的照片，请重新拍一张。');
  });
  try {
    for (let side = longestSide; side >= 320; side = Math.round(side * 0.7)) {
      const canvas = drawn(picture, side);
      for (const quality of qualities) {
        const blob = await jpegOf(canvas, quality);
        if (blob && blob.size <= mostBytes) return packed(new Uint8Array(await blob.arrayBuffer()));
      }
    }
  } finally {
    picture.close();
  }
  throw new NoPhoto('照片缩小不了，请重新拍一张。');
}

function drawn(picture: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new NoPhoto('这台手机现在处理不了照片，请稍后再试。');
  // A transparent picture would turn black as a JPEG.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const jpegOf = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));

async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<ShrunkPhoto> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return { content: btoa(text), byteCount: bytes.length, sha256 };
}
