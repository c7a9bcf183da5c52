import { problem } from '#kernel/problem.ts';
import { NoAnswer } from '#platform/browser/offline/transport.ts';
import type { Random } from './random.ts';

const never = Number.POSITIVE_INFINITY;

/** A network that the schedule moves: every request and answer waits until it is let through, in any order. */
export class Network {
  /** Messages under way. */
  readonly waiting: (() => void)[] = [];
  /** Requests that will arrive once more, later. */
  readonly repeats: (() => void)[] = [];
  isCalm = false;
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  async call<T>(serve: (stopAfter: number) => T): Promise<T> {
    await this.travel();
    const fate = this.isCalm ? 1 : this.random.next();
    if (fate < 0.08) throw new NoAnswer('offline');
    if (fate < 0.11) throw new NoAnswer('offline', problem('busy'));
    if (fate < 0.13) throw new NoAnswer('refused', problem('unexpected'));
    if (fate < 0.18) this.repeats.push(() => void quietly(() => serve(never)));
    const answer = serve(fate >= 0.18 && fate < 0.2 ? this.random.below(4) : never);
    await this.travel();
    if (fate >= 0.2 && fate < 0.3) throw new NoAnswer('offline');
    return answer;
  }

  private travel(): Promise<void> {
    if (this.isCalm) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
}
