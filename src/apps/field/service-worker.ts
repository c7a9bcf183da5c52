/**
 * Makes the app start without a network: keeps the files of one build, hands them out, and waits with a new build until
 * the person says so. It never touches a record: those go through the store's own outbox.
 */

/** What of the worker's world is used here; the browser's own types are of a page. */
interface WorkerScope {
  addEventListener(kind: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Asked) => void): void;
  addEventListener(kind: 'message', listener: (event: MessageEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Waiting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** Put in by the build: the files of this build and its name. */
declare const buildFiles: readonly string[];
declare const buildName: string;

const worker = self as unknown as WorkerScope;
const prefix = 'quancheng-field-';
const here = prefix + buildName;
const fonts = 'quancheng-field-fonts';
const startPage = '/field/index.html';

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(here)
      .then((cache) => cache.addAll(buildFiles.map((file) => new Request(file, { cache: 'reload' }))))
      // The first build takes over at once; a later one waits for the person.
      .then(async () => ((await earlierBuilds()).length === 0 ? worker.skipWaiting() : undefined)),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // The build before this one stays: a second tab may still run it with a half-typed form.
      const old = await earlierBuilds();
      await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith('/field/'))
    return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (/\.woff2?$/.test(url.pathname)) event.respondWith(font(request));
  else event.respondWith(file(request));
});

async function earlierBuilds(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== here && name !== fonts);
}

async function page(request: Request): Promise<Response> {
  const kept = await (await caches.open(here)).match(startPage);
  return kept ?? fetch(request);
}

async function file(request: Request): Promise<Response> {
  const kept = (await (await caches.open(here)).match(request)) ?? (await caches.match(request));
  return kept ?? fetch(request);
}

/** Only a phone without Chinese fonts asks for these; each piece is kept once it was fetched, and used where it cannot be. */
async function font(request: Request): Promise<Response> {
  const cache = await caches.open(fonts);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fetched = await fetch(request);
  if (fetched.ok) await cache.put(request, fetched.clone()).catch(() => undefined);
  return fetched;
}
