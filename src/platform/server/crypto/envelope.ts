import type { CipherSuite } from './cipher-suite.ts';

/** Bytes of an envelope before what the suite made: version, suite, key. */
export const headBytes = 18;
const version = 1;

/** A key's id as an envelope names it. */
export const keyIdBytes = (keyId: string): Buffer => Buffer.from(keyId.replaceAll('-', ''), 'hex');

/** How every envelope under that key by that suite begins. */
export const envelopeHead = (suite: CipherSuite, keyId: string): Buffer =>
  Buffer.concat([Buffer.from([version, suite.code]), keyIdBytes(keyId)]);

/** The suite and key an envelope names; undefined for what is not one. */
export function readHead(envelope: Buffer): { suiteCode: number; keyId: string } | undefined {
  if (envelope.length <= headBytes || envelope[0] !== version) return undefined;
  const hex = envelope.toString('hex', 2, headBytes);
  const keyId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { suiteCode: envelope[1] as number, keyId };
}

/** What a body is bound to: its place, the key and the suite, so that none of them can be exchanged. */
export const boundPlace = (place: string, keyId: string, suite: CipherSuite): string =>
  `${place}|${keyId}|${suite.id}`;
