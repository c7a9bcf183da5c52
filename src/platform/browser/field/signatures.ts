/**
 * ECDSA on P-256 with SHA-256 through WebCrypto, and the text form of bytes in a QR code. A key lives as JWK inside the
 * encrypted store; it never leaves the phone.
 */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

export interface SigningKey {
  readonly privateKey: JsonWebKey;
  /** Raw public point, base64url. */
  readonly publicKey: string;
}

/** A fresh key pair of this phone. */
export async function makeSigningKey(): Promise<SigningKey> {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return {
    privateKey: await crypto.subtle.exportKey('jwk', pair.privateKey),
    publicKey: toBase64Url(await crypto.subtle.exportKey('raw', pair.publicKey)),
  };
}

/** Signs a text; the signature as base64url. */
export async function signText(key: SigningKey, text: string): Promise<string> {
  const imported = await crypto.subtle.importKey('jwk', key.privateKey, algorithm, false, ['sign']);
  return toBase64Url(await crypto.subtle.sign(signing, imported, new TextEncoder().encode(text)));
}

/** Whether a text was signed by the owner of a public key; false for anything malformed. */
export async function isSignedBy(publicKey: string, text: string, signature: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64Url(publicKey), algorithm, false, ['verify']);
    return await crypto.subtle.verify(signing, key, fromBase64Url(signature), new TextEncoder().encode(text));
  } catch {
    return false;
  }
}

export function toBase64Url(bytes: ArrayBuffer | Uint8Array): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary)
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/(?<!=)=+$/, '');
}

/** The bytes of a base64url text. Throws for any other spelling of the same bytes, so that no letter can be changed. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (toBase64Url(bytes) !== text) throw new RangeError('not the base64url of any bytes');
  return bytes;
}
