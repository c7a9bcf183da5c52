import readQr from 'jsqr';

const longestSide = 1200;

/** The text of the QR code on a photo; undefined when none can be read. Works on the phone alone. */
export async function readQrCode(photo: Blob): Promise<string | undefined> {
  const image = await createImageBitmap(photo);
  // Small modules blur when a large photo is shrunk and are lost when it is not: both are tried.
  for (const side of [longestSide, longestSide / 2, Math.max(image.width, image.height)]) {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = readQr(pixels.data, pixels.width, pixels.height);
    if (found && found.data !== '') return found.data;
  }
  return undefined;
}
