const text = new TextEncoder();

const toBase64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
};

/**
 * Seals what could not be sent so that only the county's server can open it, under a key made of the secret the server gave
 * this phone: the file may travel by any messenger or stick.
 */
export async function sealOutboxFile(
  whose: { readonly deviceId: string; readonly userId: string },
  share: Uint8Array<ArrayBuffer>,
  content: string,
): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const base = await crypto.subtle.importKey('raw', share, 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt, info: text.encode('quancheng outbox file') };
  const key = await crypto.subtle.deriveKey(hkdf, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const algorithm = {
    name: 'AES-GCM',
    iv,
    additionalData: text.encode(`${whose.deviceId}/${whose.userId}`),
  };
  const cipher = await crypto.subtle.encrypt(algorithm, key, text.encode(content));
  return JSON.stringify({
    format: 'quancheng-outbox-1',
    ...whose,
    salt: toBase64(salt),
    iv: toBase64(iv),
    content: toBase64(new Uint8Array(cipher)),
  });
}
