import { problem } from '#kernel/problem.ts';
import type { FieldEngine } from './field-engine.ts';
import type { OperationShape, SaveResult, SyncState } from './field-store.ts';
import type { RoomKeeper } from './room-keeper.ts';
import { Locked } from './seal.ts';
import { StorageFull } from './storage.ts';
import { phoneDay } from './sync-memory.ts';
import { type RoundEnd, runSyncRound } from './sync-round.ts';
import { everyMs, nextPauseMs, soonMs } from './sync-schedule.ts';
import { claimLeadership, type Leadership, type TabNews } from './tabs.ts';
import type { Transport } from './transport.ts';

/** Minutes without a touch after which the store locks itself. */
const idleMinutes = 10;
/** Pages of a first sync come fast; the other tabs read the disk once for many. */
const newsPauseMs = 1_000;
/** After the last change before the beginning of the list is sealed anew. */
const quietMs = 2_500;
const fullDetail = '请清理照片或应用；已保存的内容都在，有空间后自动继续。';

export interface SessionInput<D extends { readonly id: string }, V, L, O extends OperationShape> {
  readonly engine: FieldEngine<D, V, L, O>;
  readonly transport: Transport<D>;
  readonly clock: () => Date;
  /** Name shared by the tabs of one user. */
  readonly name: string;
  readonly isPersisted: () => boolean;
  readonly room: RoomKeeper;
  readonly changed: () => void;
  /** The server was reached. */
  readonly onContact: () => Promise<void>;
  readonly onWiped: () => Promise<void>;
  readonly forgetKey: () => void;
  /** Seals a text so that only the county's server opens it. */
  readonly sealForServer: (content: string) => Promise<string | undefined>;
}

/** One unlocked time at the phone: talks with the server at the right moments, and ends when nobody is there. */
export class StoreSession<D extends { readonly id: string }, V, L, O extends OperationShape> {
  readonly engine: FieldEngine<D, V, L, O>;
  private readonly input: SessionInput<D, V, L, O>;
  private leadership: Leadership | undefined;
  private phase: SyncState['phase'] = 'idle';
  private problem: SyncState['problem'] = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private quickTimer: ReturnType<typeof setTimeout> | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private onIdle: () => void = () => undefined;
  private round: Promise<void> | undefined;
  /** Somebody asked for a round while one was under way: it may have been past what they changed. */
  private isAskedAgain = false;
  /** The same of a save: it is sent soon after, not with the next usual round. */
  private isSavedMeanwhile = false;
  private isEnded = false;

  constructor(input: SessionInput<D, V, L, O>) {
    this.input = input;
    this.engine = input.engine;
  }

  start(onIdle: () => void): void {
    this.onIdle = onIdle;
    this.touch();
    this.leadership = claimLeadership(this.input.name, {
      onLeading: (wasFirst) => void this.lead(wasFirst),
      onNews: (news) => void this.hear(news),
    });
    globalThis.addEventListener?.('online', this.online);
    void this.input.room.measure();
  }

  end(): void {
    this.isEnded = true;
    clearTimeout(this.timer);
    clearTimeout(this.idle);
    clearTimeout(this.quickTimer);
    globalThis.removeEventListener?.('online', this.online);
    this.leadership?.release();
    this.input.forgetKey();
    // A round under way ends at its next step: the key is gone. What it had written stands.
    void Promise.resolve(this.round).then(() => this.engine.storage.close());
  }

  sealForServer(content: string): Promise<string | undefined> {
    return this.input.sealForServer(content);
  }

  async hasRoomForForm(): Promise<boolean> {
    const hasRoom = await this.input.room.makeRoom();
    this.input.changed();
    return hasRoom;
  }

  touch(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.onIdle(), idleMinutes * 60_000);
  }

  /** What follows a save: the other tabs learn of it, and it is sent soon. */
  saved(result: SaveResult): SaveResult {
    if (result.kind !== 'saved') return result;
    this.leadership?.tell('saved');
    if (this.round) this.isSavedMeanwhile = true;
    else if (this.leadership?.isLeading()) this.plan(soonMs);
    this.planQuickList();
    return result;
  }

  async syncNow(): Promise<void> {
    await this.leadership?.decided;
    if (this.isEnded) return;
    if (!this.leadership?.isLeading()) {
      this.leadership?.tell('please-sync');
      return;
    }
    if (this.round) this.isAskedAgain = true;
    this.round ??= this.runRounds().finally(() => {
      this.round = undefined;
    });
    await this.round;
  }

  /** A sign-in while the last round was still being refused must not wait for the next pause. */
  private async runRounds(): Promise<void> {
    do {
      this.isAskedAgain = false;
      await this.runRound();
    } while (this.isAskedAgain && !this.isEnded);
  }

  state(): SyncState {
    const { memory, outbox } = this.engine;
    const entries = outbox.list();
    const { first } = memory;
    return {
      lock: 'unlocked',
      phase: this.phase,
      pending: entries.filter((entry) => entry.state === 'saved-on-phone').length,
      needsYou: entries.filter((entry) => entry.state === 'needs-you').length,
      lastContactAt: memory.lastContactAt,
      firstSync:
        memory.current === null || first
          ? { received: first?.received ?? 0, expected: first?.expected ?? 0 }
          : null,
      people: this.engine.peopleCount,
      isReading: this.engine.isReading,
      scopeName: memory.scopeName,
      clockSkewMinutes: memory.clockSkewMinutes,
      isPersisted: this.input.isPersisted(),
      isStorageShort: this.input.room.isShort,
      room: this.input.room.said,
      isLeader: this.leadership?.isLeading() ?? false,
      problem: this.problem,
    };
  }

  /** This tab talks to the server from now on: what another did before, if there was another, is read first. */
  private async lead(wasFirst: boolean): Promise<void> {
    try {
      if (!wasFirst) await this.engine.catchUp();
    } catch (error) {
      if (!(error instanceof Locked)) throw error;
    }
    this.input.changed();
    await this.syncNow();
  }

  private readonly online = () => void this.syncNow();

  private async runRound(): Promise<void> {
    clearTimeout(this.timer);
    this.isSavedMeanwhile = false;
    this.phase = 'syncing';
    this.input.changed();
    const { clock, isPersisted, room } = this.input;
    try {
      const changed = () => {
        this.leadership?.tell('people');
        this.input.changed();
      };
      await this.keepEnd(
        await runSyncRound(this.engine, this.input.transport, { clock, isPersisted, room, changed }),
      );
    } catch (error) {
      if (error instanceof Locked || this.isEnded) return;
      this.phase = 'idle';
      this.failures += 1;
      this.problem =
        error instanceof StorageFull
          ? { ...problem('storage-unavailable', { detail: fullDetail }), title: '手机存储空间已满' }
          : problem('unexpected', { detail: '已保存的内容都在，稍后自动再试。' });
      if (!(error instanceof StorageFull)) console.error('sync', (error as Error).name);
    }
    this.leadership?.tell('people');
    this.planQuickList();
    this.input.changed();
    if (!this.isEnded && (this.phase as SyncState['phase']) !== 'wiped')
      this.plan(this.isSavedMeanwhile && this.failures === 0 ? soonMs : nextPauseMs(this.failures));
  }

  private async keepEnd(end: RoundEnd): Promise<void> {
    switch (end.kind) {
      case 'complete':
        this.phase = 'idle';
        this.problem = null;
        this.failures = 0;
        await this.input.onContact();
        await this.input.room.measure();
        return;
      case 'wiped':
        this.phase = 'wiped';
        await this.input.onWiped();
        this.input.changed();
        this.onIdle();
        return;
      case 'stopped':
        this.phase = end.why === 'refused' ? 'idle' : end.why;
        // A server that is away passes by itself; a copy made for a drill is not the server this phone is for.
        this.problem = end.why === 'offline' && end.problem?.code !== 'drill-copy' ? null : end.problem;
        this.failures += 1;
    }
  }

  /** The beginning of today's list is sealed anew when it is quiet, so that nobody waits for it. */
  private planQuickList(): void {
    clearTimeout(this.quickTimer);
    if (this.isEnded || !this.leadership?.isLeading()) return;
    this.quickTimer = setTimeout(() => void this.keepQuickList(), quietMs);
  }

  private async keepQuickList(): Promise<void> {
    try {
      const { clock } = this.input;
      if (!this.isEnded) await this.engine.keepQuickList(phoneDay(clock(), this.engine.memory));
    } catch (error) {
      // It is a copy; where it cannot be written the next start reads everything.
      if (!(error instanceof Locked)) console.error('list', (error as Error).name);
    }
  }

  private plan(ms: number): void {
    if (this.isEnded) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.syncNow(), Math.min(ms, everyMs));
  }

  private async hear(news: TabNews): Promise<void> {
    try {
      if (this.leadership?.isLeading()) {
        if (news === 'saved') await this.engine.reloadOutbox();
        if (news !== 'people') await this.syncNow();
      } else if (news === 'saved') await this.engine.reloadOutbox();
      else if (news === 'people') {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.readAnew(), newsPauseMs);
      }
    } catch (error) {
      if (!(error instanceof Locked)) console.error('tabs', (error as Error).name);
    }
    this.input.changed();
  }

  private async readAnew(): Promise<void> {
    try {
      if (!this.isEnded) await this.engine.load();
    } catch (error) {
      if (!(error instanceof Locked)) console.error('tabs', (error as Error).name);
    }
    this.input.changed();
  }
}
