import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityTieHours } from '#standards/security-profile.ts';
import { startTestServer, type TestServer, testNow } from '#test/support/server.ts';
import { identityService } from './identity-service.ts';
import { openSession, sessionCookie } from './sessions.ts';

/** A real OpenID Connect provider, whose accounts are what a county's service would know of staff. */
const accounts: Record<string, { preferred_username: string; amr?: string[] }> = {
  'county-0001': { preferred_username: 'bureau', amr: ['pwd', 'otp'] },
  'county-0002': { preferred_username: 'village' },
  'county-0003': { preferred_username: 'nobody-here' },
  'county-0004': { preferred_username: 'bureau', amr: ['pwd', 'otp'] },
};

let provider: Server;
let issuer: string;
let server: TestServer;
/** Where our product is reached in this test; only its path is used on the way back. */
const publicUrl = 'http://localhost:4999';

beforeAll(async () => {
  provider = createServer();
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: 'quancheng',
        client_secret: 'test-only-client-secret-of-32-characters',
        redirect_uris: [`${publicUrl}/api/session/identity/back`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub', 'amr'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['test-only'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, preferred_username: accounts[id]?.preferred_username }),
    }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/sign-in/${interaction.uid}` },
  });
  const answer = oidc.callback();
  provider.on('request', (request, response) => {
    if (request.url?.startsWith('/sign-in/')) void signInThere(oidc, request, response);
    else void answer(request, response);
  });
  server = await startTestServer({
    residents: 300,
    identityService: identityService({
      name: '县统一身份认证',
      issuer,
      clientId: 'quancheng',
      clientSecret: 'test-only-client-secret-of-32-characters',
      publicUrl,
    }),
  });
  await server.look('update county set is_demo = false');
});
afterAll(async () => {
  await server.stop();
  provider.closeAllConnections();
  await new Promise((resolve) => provider.close(resolve));
});

/** The provider's own page: whoever is named signs in, with the factors of that account, and consents. */
async function signInThere(
  oidc: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await oidc.interactionDetails(request, response);
  const accountId = new URL(request.url ?? '', issuer).searchParams.get('account') ?? '';
  const grant = new oidc.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope('openid profile');
  await oidc.interactionFinished(request, response, {
    login: { accountId, ...(accounts[accountId]?.amr ? { amr: accounts[accountId].amr } : {}) },
    consent: { grantId: await grant.save() },
  });
}

/** Cookies per place, as a browser keeps them. */
class Browser {
  readonly #cookies = new Map<string, string>();
  async go(url: string): Promise<Response> {
    const { origin } = new URL(url);
    const mine = [...this.#cookies].filter(([key]) => key.startsWith(`${origin} `));
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: mine.map(([key, value]) => `${key.split(' ')[1]}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const key = `${origin} ${pair.slice(0, at)}`;
      if (pair.slice(at + 1) === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(key);
      else this.#cookies.set(key, pair.slice(at + 1));
    }
    return response;
  }
}

const here = (path: string) => server.url + path;

/** Goes to the provider, signs in and consents there, and returns the address the provider sends the browser back to. */
async function visitProvider(browser: Browser, account: string): Promise<string> {
  let response = await browser.go(here('/api/session/identity'));
  for (let steps = 0; steps < 12; steps++) {
    const url = new URL(response.headers.get('location') ?? '', issuer).href;
    if (url.startsWith(publicUrl)) return url;
    response = await browser.go(url.includes('/sign-in/') ? `${url}?account=${account}` : url);
  }
  throw new Error('the provider never sent the browser back');
}

/** The security administrator lets an account be tied, or takes the leave back; the system administrator disables. */
async function change(username: string, what: string) {
  const isSecured = what.endsWith('identity-tie');
  const [admin] = await server.look<{ id: string }>('select id from staff where username = $1', [
    isSecured ? 'security' : 'admin',
  ]);
  const [account] = await server.look<{ id: string }>('select id from staff where username = $1', [username]);
  const now = server.now();
  const token = await openSession(server.database, {
    countyId: '999999',
    staffId: admin?.id ?? '',
    secondFactorAt: now,
    now,
  });
  const client = server.clientOf(`${sessionCookie}=${token}`);
  return client.call('POST', `/api/staff/${account?.id}/${isSecured ? 'security' : 'changes'}`, {
    operationId: uuidv7(),
    change: what,
  });
}

const comeBack = (browser: Browser, url: string) =>
  browser.go(here(new URL(url).pathname + new URL(url).search));

describe('signing in through the county’s own service', () => {
  it('opens nothing for an account the administrator has not let be tied, or no longer lets, and says why', async () => {
    const tied = () =>
      server.look("select 1 from staff where username = 'bureau' and external_subject is not null");
    const refusedBack = async () => {
      const browser = new Browser();
      const back = await comeBack(browser, await visitProvider(browser, 'county-0001'));
      expect(back.headers.get('location')).toBe('/?sign-in=not-allowed-yet');
      expect((await browser.go(here('/api/session'))).status).toBe(401);
      expect(await tied()).toEqual([]);
    };
    await refusedBack();
    const doctor = await server.clientOf('').call('POST', `/api/staff/${uuidv7()}/changes`, {});
    expect(doctor.status).toBe(401);
    expect((await change('bureau', 'allow-identity-tie')).status).toBe(200);
    expect((await change('bureau', 'withdraw-identity-tie')).status).toBe(200);
    await refusedBack();
    // Allowed, and the last moment has passed.
    expect((await change('bureau', 'allow-identity-tie')).status).toBe(200);
    server.setNow(new Date(testNow.getTime() + identityTieHours * 3_600_000));
    await refusedBack();
    server.setNow(testNow);
  });

  it('opens a session of the account with that name, second factor included when the service asked for one', async () => {
    // At the last moment before the leave ends.
    expect((await change('bureau', 'allow-identity-tie')).status).toBe(200);
    server.setNow(new Date(testNow.getTime() + identityTieHours * 3_600_000 - 1000));
    const browser = new Browser();
    const back = await comeBack(browser, await visitProvider(browser, 'county-0001'));
    server.setNow(testNow);
    expect(back.headers.get('location')).toBe('/');
    expect((await change('bureau', 'allow-identity-tie')).body.code).toBe('illegal-move');
    const deeds = await server.look("select 1 from audit_entry where action = 'staff.tie-identity'");
    expect(deeds).toHaveLength(1);
    const session = await (await browser.go(here('/api/session'))).json();
    expect(session).toMatchObject({ username: 'bureau', stage: 'open' });
    expect((await browser.go(here('/api/organizations'))).status).not.toBe(401);
    expect((await server.anonymous.call('GET', '/api/system')).body.identityService).toBe('县统一身份认证');
  });

  it('asks for our own second factor when the service did not', async () => {
    await server.look(`insert into county_setting (county_id, key, value, changed_at)
      values ('999999', 'security', '{"secondFactorRoles": ["village-doctor"]}', now())`);
    expect((await change('village', 'allow-identity-tie')).status).toBe(200);
    const browser = new Browser();
    await comeBack(browser, await visitProvider(browser, 'county-0002'));
    const session = await (await browser.go(here('/api/session'))).json();
    expect(session).toMatchObject({ username: 'village', stage: 'set-up-factor' });
    await server.look("delete from county_setting where key = 'security'");
  });

  it('opens nothing for who has no account, nor for a name that was given to somebody else', async () => {
    for (const account of ['county-0003', 'county-0004']) {
      const browser = new Browser();
      const back = await comeBack(browser, await visitProvider(browser, account));
      expect(back.headers.get('location'), account).toBe('/?sign-in=refused');
      expect((await browser.go(here('/api/session'))).status).toBe(401);
    }
  });

  it('refuses an answer that was not asked for, came twice, was altered, or came to another browser', async () => {
    const browser = new Browser();
    const url = await visitProvider(browser, 'county-0001');
    const stranger = new Browser();
    const refusedBack = async (who: Browser, answer: string) => {
      expect((await comeBack(who, answer)).headers.get('location')).toBe('/?sign-in=refused');
      expect((await who.go(here('/api/session'))).status).toBe(401);
    };
    await refusedBack(stranger, url);
    await refusedBack(browser, url.replace('state=', 'state=x'));
    await refusedBack(browser, url);
    const late = new Browser();
    const lateUrl = await visitProvider(late, 'county-0001');
    server.setNow(new Date(testNow.getTime() + 11 * 60_000));
    await refusedBack(late, lateUrl);
    server.setNow(testNow);
    const twice = new Browser();
    const twiceUrl = await visitProvider(twice, 'county-0001');
    expect((await comeBack(twice, twiceUrl)).headers.get('location')).toBe('/');
    await refusedBack(new Browser(), twiceUrl);
  });
});
