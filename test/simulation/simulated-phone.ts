import { problem } from '#kernel/problem.ts';
import { FieldEngine } from '#platform/browser/offline/field-engine.ts';
import { type RoundEnd, runSyncRound } from '#platform/browser/offline/sync-round.ts';
import { NoAnswer, type Transport } from '#platform/browser/offline/transport.ts';
import { Crash, MemoryStorage, plainSealer } from './memory-storage.ts';
import type { ModelServer } from './model-server.ts';
import type { Network } from './network.ts';
import { type SimLine, type SimOperation, type SimPerson, simModel } from './simulated-county.ts';

type Engine = FieldEngine<SimPerson, SimPerson, SimLine, SimOperation>;

const today = '2026-11-24';

/** A phone with the real engine on a disk in memory, talking over a network that loses, repeats and delays. */
export class SimulatedPhone {
  engine!: Engine;
  scope: readonly string[];
  isSignedIn = true;
  isCalledBack = false;
  clockOffsetMs = 0;
  round: Promise<void> | undefined;
  lastEnd: RoundEnd | undefined;
  /** Operations the phone said were saved. */
  readonly acknowledged = new Map<string, SimOperation>();
  readonly givenUp = new Set<string>();
  readonly faults: string[] = [];
  /** Starts that showed the beginning of the list before the index was read. */
  quickStarts = 0;
  private storage = new MemoryStorage();
  private readonly server: ModelServer;
  private readonly network: Network;

  constructor(server: ModelServer, network: Network, scope: readonly string[]) {
    this.server = server;
    this.network = network;
    this.scope = scope;
  }

  private readonly seen = new Map<string, SimPerson>();

  /** The person as a doctor last had them on screen, which may be a while ago. */
  lastSeen(id: string): SimPerson | undefined {
    void this.engine.getPerson(id).then(
      (person) => person && this.seen.set(id, person),
      () => undefined,
    );
    return this.seen.get(id);
  }

  get disk(): MemoryStorage {
    return this.storage;
  }

  /** Switches the phone on: memory is new, the disk is what it was. */
  async boot(): Promise<void> {
    this.storage = this.storage.isDestroyed ? new MemoryStorage() : this.storage.reboot();
    const { storage } = this;
    this.round = undefined;
    this.engine = new FieldEngine<SimPerson, SimPerson, SimLine, SimOperation>({
      storage,
      sealer: plainSealer,
      model: simModel,
      clock: () => this.now(),
      changed: () => undefined,
    });
    await this.engine.open(() => today);
    if (this.engine.isReading) this.quickStarts += 1;
    this.lookAtList();
  }

  /** Nobody is on today's list, the quick one of a start included, for whom a visit waits on this very phone. */
  private lookAtList(): void {
    const visited = new Set(
      this.engine.outbox
        .list()
        .filter(
          (entry) => entry.operation.kind === 'visit' && entry.state !== 'needs-you' && !entry.isRepeated,
        )
        .map((entry) => entry.operation.residentId),
    );
    if (!this.engine.isReading) return;
    for (const line of simModel.listToday(this.engine.lines(), today))
      if (visited.has(line.id)) this.faults.push(`${line.id} was on the list of a start though visited`);
  }

  /** As a phone does when it is quiet. */
  async keepList(): Promise<void> {
    try {
      await this.engine.keepQuickList(today);
    } catch (error) {
      await this.afterFailure(error);
    }
  }

  async save(operation: SimOperation): Promise<void> {
    try {
      const result = await this.engine.save(operation);
      if (result.kind === 'saved') this.acknowledged.set(operation.operationId, operation);
    } catch (error) {
      await this.afterFailure(error);
    }
  }

  /** What a person does with a refused operation: mend it, or give it up. */
  async decide(operationId: string, isMended: boolean): Promise<void> {
    try {
      await this.engine.decide(operationId, (entry) => {
        if (!isMended) {
          this.givenUp.add(operationId);
          return { ...entry, givenUpFor: 'typed for the wrong person' };
        }
        const { isBad: _, ...body } = entry.operation.body as { isBad?: boolean };
        return {
          ...entry,
          operation: { ...entry.operation, body: body as SimOperation['body'] },
          state: 'saved-on-phone',
        };
      });
    } catch (error) {
      await this.afterFailure(error);
    }
  }

  startRound(pageSize: number): void {
    if (this.round) return;
    const { engine } = this;
    const round = runSyncRound(engine, this.transport(), {
      clock: () => this.now(),
      isPersisted: () => true,
      changed: () => undefined,
      pageSize,
    })
      .then(async (end) => {
        if (this.engine !== engine) return;
        this.lastEnd = end;
        if (end.kind === 'stopped' && end.why === 'signed-out' && this.server.planted === 'drop-on-401')
          for (const entry of engine.sendable()) await engine.removeEntry(entry.operation.operationId);
        if (end.kind === 'wiped') {
          this.isCalledBack = false;
          await this.boot();
        }
      })
      .catch(async (error) => {
        if (this.engine === engine) await this.afterFailure(error);
      })
      .finally(() => {
        if (this.engine === engine) this.round = undefined;
      });
    this.round = round;
  }

  private now(): Date {
    return new Date(Date.UTC(2026, 10, 24, 8) + this.clockOffsetMs);
  }

  /** After power went the phone is switched on again; a full disk only ends what was going on. */
  private async afterFailure(error: unknown): Promise<void> {
    if (error instanceof Crash) await this.boot();
    else if ((error as Error).message !== 'full') throw error;
  }

  private transport(): Transport<SimPerson> {
    const { server, network } = this;
    const signedIn = () => {
      if (!this.isSignedIn) throw new NoAnswer('signed-out', problem('not-signed-in'));
    };
    return {
      pull: (question) =>
        network.call(() => {
          signedIn();
          return server.pull(this.scope, this.isCalledBack, question);
        }),
      push: (operations) =>
        network.call((stopAfter) => {
          signedIn();
          const answer = server.push(this.scope, this.isCalledBack, operations, stopAfter);
          if (answer === 'crashed') {
            server.crash();
            throw new NoAnswer('offline');
          }
          return answer;
        }),
      sendPiece: async () => ({ held: [] }),
      giveUp: (operation) =>
        network.call(() => {
          signedIn();
          server.hold([operation], 'given-up');
        }),
      handOver: (operations, isDone) =>
        network.call(() => {
          if (operations.length > 0 || isDone) server.forgetCopies();
          server.hold(operations, 'handed-over');
          return { order: this.isCalledBack ? ('wipe' as const) : ('none' as const) };
        }),
    };
  }
}
