import { Agent, request } from 'node:http';

/** Connections are kept, as a browser keeps them. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * Asks the product and waits for the whole answer; true when it is of the good kind. Node's own client without the layers
 * of `fetch`, which took as long as a third of the server's work: the baseline's client is a thin driver as well.
 */
export function isAnswered(url: string, cookie: string, method: string, body?: unknown): Promise<boolean> {
  const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers = text
    ? { cookie, 'content-type': 'application/json', 'content-length': text.length }
    : { cookie };
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, method, headers }, (reply) => {
      reply.on('error', reject);
      reply.on('end', () => resolve((reply.statusCode ?? 500) < 300));
      reply.resume();
    });
    asked.on('error', reject);
    asked.end(text);
  });
}
