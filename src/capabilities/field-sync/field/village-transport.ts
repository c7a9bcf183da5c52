import { engineEdition } from '#clinical/engine-edition.ts';
import type { Problem } from '#kernel/problem.ts';
import { heedDrill } from '#platform/browser/drill-copy.ts';
import { NoAnswer, type Transport } from '#platform/browser/offline/transport.ts';
import type { Endpoint, EndpointResponse } from '#standards/endpoint.ts';
import { checkPeople } from '../check-contract.ts';
import { giveUpOperation, handOver, pullChanges, pushOperations } from '../contract.ts';
import { takeDefinitions } from '../definition-contract.ts';
import type { CompactDocument } from '../domain/person-document.ts';
import { sendPhotoPiece } from '../photo-contract.ts';

/** Written into every call; the server keeps understanding older ones. */
export const appVersion = '1.0.0';
/** A village network may need minutes for a page; a dead one must not hold a round for ever. */
const longestCallMs = 120_000;

/** The way to the server over HTTP. Whatever is not a readable answer of ours changes nothing on the phone. */
export function villageTransport(input: {
  readonly deviceId: string;
  readonly userId: string;
  readonly token: () => Promise<string>;
}): Transport<CompactDocument> {
  const { deviceId, userId } = input;
  const envelope = { deviceId, userId, appVersion };
  return {
    pull: (question) => ask(pullChanges, { ...envelope, engine: engineEdition, ...question }),
    push: (operations, deviceNow) => ask(pushOperations, { ...envelope, operations, deviceNow }),
    sendPiece: ({ key, ...piece }) =>
      ask(
        {
          ...sendPhotoPiece,
          path: sendPhotoPiece.path.replace(':photoId', key) as typeof sendPhotoPiece.path,
        },
        { deviceId, userId, ...piece },
      ),
    check: (question) => ask(checkPeople, { ...envelope, ...question }),
    takeDefinitions: (held) => ask(takeDefinitions, { ...envelope, held }),
    async giveUp(operation, reason) {
      await ask(giveUpOperation, { deviceId, userId, operation, reason });
    },
    handOver: async (operations, isDone) =>
      ask(handOver, { deviceId, userId, token: await input.token(), operations, isDone }),
  };
}

/** Calls the server; throws `NoAnswer` with what is known. */
export async function ask<E extends Endpoint>(endpoint: E, body: unknown): Promise<EndpointResponse<E>> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(endpoint.path, {
      method: endpoint.method,
      credentials: 'same-origin',
      // The sign-in page of a hotspot is not an answer of ours.
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: timeout(),
    });
    heedDrill(response);
    answer = await response.json();
  } catch {
    throw new NoAnswer('offline');
  }
  if (response.ok) {
    if (typeof answer !== 'object' || answer === null) throw new NoAnswer('offline');
    return answer as EndpointResponse<E>;
  }
  const problem = readProblem(answer);
  if (problem?.code === 'not-signed-in') throw new NoAnswer('signed-out', problem);
  if (!problem || response.status === 502 || response.status === 503 || response.status === 504)
    throw new NoAnswer('offline', problem);
  throw new NoAnswer('refused', problem);
}

function timeout(): AbortSignal {
  const control = new AbortController();
  setTimeout(() => control.abort(), longestCallMs);
  return control.signal;
}

function readProblem(answer: unknown): Problem | null {
  const { code, title } = (answer ?? {}) as { code?: unknown; title?: unknown };
  return typeof code === 'string' && typeof title === 'string' ? (answer as Problem) : null;
}
