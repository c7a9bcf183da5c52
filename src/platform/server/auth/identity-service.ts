import * as oidc from 'openid-client';
import { z } from 'zod';
import { type KeyRing, openField, sealField } from '../crypto/key-ring.ts';

/** How the county's own sign-in service is reached (OpenID Connect, code flow with PKCE). */
export interface IdentityServiceSettings {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where staff reach this product, for the way back. */
  readonly publicUrl: string;
}

/** Who the service says came back. */
export interface Visitor {
  readonly subject: string;
  readonly username: string | undefined;
  /** The service itself asked for a second factor. */
  readonly hasSecondFactor: boolean;
}

/** The county's sign-in service. Its settings are read at the first use, so that a start does not wait for it. */
export interface IdentityService {
  readonly name: string;
  /** Where to send the browser, and what to keep in a cookie until it comes back. */
  begin(keys: KeyRing, now: Date): Promise<{ url: string; cookie: string }>;
  /** Who came back; undefined when the answer is not the one that was asked for. */
  finish(keys: KeyRing, input: { query: string; cookie: string; now: Date }): Promise<Visitor | undefined>;
}

export const callbackPath = '/api/session/identity/back';
const minutesToReturn = 10;
const place = 'identity-service.cookie';
/** Methods of RFC 8176 that are, or stand for, a second factor. */
const strongMethods = ['mfa', 'otp', 'hwk', 'sc', 'swk'];

const waitingSchema = z.strictObject({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  until: z.number(),
});

/** Speaks to an OpenID Connect service; plain http is accepted on this machine only. */
export function identityService(settings: IdentityServiceSettings): IdentityService {
  const redirectUri = new URL(callbackPath, settings.publicUrl).href;
  let discovered: Promise<oidc.Configuration> | undefined;
  const configuration = () => {
    discovered ??= discover(settings).catch((error) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  };
  return {
    name: settings.name,
    async begin(keys, now) {
      const verifier = oidc.randomPKCECodeVerifier();
      const waiting = {
        verifier,
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        until: now.getTime() + minutesToReturn * 60_000,
      };
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: waiting.state,
        nonce: waiting.nonce,
      });
      return { url: url.href, cookie: sealField(keys, place, JSON.stringify(waiting)).toString('base64url') };
    },
    async finish(keys, { query, cookie, now }) {
      const waiting = readWaiting(keys, cookie);
      if (!waiting || waiting.until < now.getTime()) return undefined;
      const answer = new URL(redirectUri);
      answer.search = query;
      try {
        const tokens = await oidc.authorizationCodeGrant(await configuration(), answer, {
          pkceCodeVerifier: waiting.verifier,
          expectedState: waiting.state,
          expectedNonce: waiting.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) return undefined;
        const methods = Array.isArray(claims.amr) ? claims.amr.map(String) : [];
        return {
          subject: claims.sub,
          username: typeof claims.preferred_username === 'string' ? claims.preferred_username : undefined,
          hasSecondFactor: methods.some((one) => strongMethods.includes(one)),
        };
      } catch {
        return undefined;
      }
    },
  };
}

function discover(settings: IdentityServiceSettings): Promise<oidc.Configuration> {
  const issuer = new URL(settings.issuer);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname);
  return oidc.discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
    timeout: 10,
    ...(isHere ? { execute: [oidc.allowInsecureRequests] } : {}),
  });
}

function readWaiting(keys: KeyRing, cookie: string): z.infer<typeof waitingSchema> | undefined {
  try {
    return waitingSchema.parse(JSON.parse(openField(keys, place, Buffer.from(cookie, 'base64url'))));
  } catch {
    return undefined;
  }
}
