import type { FieldIssue, ProblemCode } from '#kernel/problem.ts';
import type { Endpoint, EndpointInput, EndpointResponse } from '#standards/endpoint.ts';
import { heedDrill } from './drill-copy.ts';

/** A named refusal of the server, or the plain fact that it could not be reached. */
export class ApiProblem extends Error {
  readonly code: ProblemCode | 'offline';
  readonly title: string;
  readonly detail: string;
  readonly issues: readonly FieldIssue[];
  readonly extra: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;

  constructor(body: {
    code: ProblemCode | 'offline';
    title: string;
    detail: string;
    retryable: boolean;
    issues?: readonly FieldIssue[];
    extra?: Readonly<Record<string, unknown>>;
  }) {
    super(body.title);
    this.code = body.code;
    this.title = body.title;
    this.detail = body.detail;
    this.retryable = body.retryable;
    this.issues = body.issues ?? [];
    this.extra = body.extra ?? {};
  }
}

/** Asks the person to sign in again, over the page they are on; resolves when they have. */
type SignInPrompt = () => Promise<void>;
let promptSignIn: SignInPrompt | undefined;

/** The shell hands over its sign-in dialog here. */
export function offerSignInPrompt(prompt: SignInPrompt | undefined): void {
  promptSignIn = prompt;
}

/** Calls the server. A session that ran out asks to sign in and then goes on, so that nothing typed is lost. */
export async function callApi<E extends Endpoint>(
  endpoint: E,
  input?: EndpointInput<E> & { signal?: AbortSignal },
): Promise<EndpointResponse<E>> {
  const given = (input ?? {}) as {
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    body?: unknown;
    signal?: AbortSignal;
  };
  const response = await send(endpoint, given);
  if (response.ok) return readAnswer<EndpointResponse<E>>(response, given.signal);
  const problem = await readProblem(response);
  if (problem.code === 'not-signed-in' && promptSignIn && !endpoint.path.startsWith('/api/session')) {
    await promptSignIn();
    return callApi(endpoint, input);
  }
  throw problem;
}

/** Fetches a file as the server hands it out, under the name the server gives it. */
export async function fetchFile(address: string): Promise<{ name: string; content: Blob }> {
  const response = await fetch(address, { credentials: 'same-origin' }).catch(() => {
    throw new ApiProblem({
      code: 'offline',
      title: '连不上服务器',
      detail: '文件没有导出，请检查网络后重试。',
      retryable: true,
    });
  });
  heedDrill(response);
  if (response.ok) {
    const [, name = ''] =
      /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '') ?? [];
    return { name: decodeURIComponent(name), content: await response.blob() };
  }
  const problem = await readProblem(response);
  if (problem.code === 'not-signed-in' && promptSignIn) {
    await promptSignIn();
    return fetchFile(address);
  }
  throw problem;
}

async function send(
  endpoint: Endpoint,
  given: {
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    body?: unknown;
    signal?: AbortSignal;
  },
): Promise<Response> {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(given.params?.[name] ?? ''),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given.query ?? {}))
    if (value !== undefined) query.set(name, String(value));
  const isBytes = given.body instanceof Uint8Array;
  try {
    const response = await fetch(query.size > 0 ? `${path}?${query}` : path, {
      method: endpoint.method,
      credentials: 'same-origin',
      ...(given.signal ? { signal: given.signal } : {}),
      ...(given.body === undefined
        ? {}
        : {
            headers: { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' },
            body: isBytes ? (given.body as Uint8Array<ArrayBuffer>) : JSON.stringify(given.body),
          }),
    });
    heedDrill(response);
    return response;
  } catch (error) {
    if (given.signal?.aborted) throw error;
    throw new ApiProblem({
      code: 'offline',
      title: '连不上服务器',
      detail: '请检查网络后重试；您填写的内容仍保留在本页。',
      retryable: true,
    });
  }
}

const unreadable = () =>
  new ApiProblem({
    code: 'unexpected',
    title: '服务器没有给出可读的答复',
    detail: '内容没有丢失，请稍后重试。',
    retryable: true,
  });

/** The body of an answer; one that broke off, or the page of somebody in between, is no answer of ours. */
async function readAnswer<T>(response: Response, signal: AbortSignal | undefined): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw signal?.aborted ? error : unreadable();
  }
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const body = await response.json().catch(() => undefined);
  if (body && typeof body.code === 'string') return new ApiProblem(body);
  return unreadable();
}
