import type { HeldDefinitions } from '#kernel/definition.ts';
import type { FieldModel } from './field-model.ts';
import type { OperationShape } from './field-store.ts';
import { isShown, type Outbox } from './outbox.ts';

interface Overlaid<V, L> {
  readonly view: V | undefined;
  readonly line: L | undefined;
}

/** What was typed, what it means, and the definitions it is read by. */
interface Typed<V, L, O extends OperationShape> {
  readonly outbox: Outbox<O>;
  readonly model: Pick<FieldModel<never, V, L, unknown, O>, 'apply' | 'line'>;
  readonly definitions: () => Promise<HeldDefinitions | undefined>;
}

/** People as what was typed on this phone leaves them, over what the server last told. */
export class TypedOverlay<V, L, O extends OperationShape> {
  private readonly people = new Map<string, Overlaid<V, L>>();
  /** The last working-out of each person under way. */
  private readonly working = new Map<string, Promise<void>>();
  private readonly of: Typed<V, L, O>;
  private readonly read: (id: string) => Promise<V | undefined>;

  constructor(of: Typed<V, L, O>, read: (id: string) => Promise<V | undefined>) {
    this.of = of;
    this.read = read;
  }

  get(id: string): Overlaid<V, L> | undefined {
    return this.people.get(id);
  }

  entries(): Iterable<readonly [string, Overlaid<V, L>]> {
    return this.people;
  }

  /** Resolves when nobody works on this person any more. */
  async settled(id: string): Promise<void> {
    await this.working.get(id);
  }

  /** Everybody something was typed for. */
  typedFor(): Set<string> {
    return new Set([
      ...this.of.outbox.list().map((entry) => entry.operation.residentId),
      ...this.people.keys(),
    ]);
  }

  /** Works a person out anew. Of two at once the later has the word, and the earlier is over when the later is. */
  async refresh(id: string): Promise<void> {
    const work = this.workOut(id, () => this.working.get(id) === work);
    this.working.set(id, work);
    try {
      await work;
    } finally {
      if (this.working.get(id) === work) this.working.delete(id);
    }
    await this.working.get(id);
  }

  private async workOut(id: string, isLatest: () => boolean): Promise<void> {
    const typed = this.of.outbox
      .list()
      .filter((entry) => entry.operation.residentId === id && isShown(entry));
    if (typed.length === 0) {
      this.people.delete(id);
      return;
    }
    const held = await this.of.definitions();
    let view: V | undefined = await this.read(id);
    if (!isLatest()) return;
    for (const entry of typed) view = this.of.model.apply(view, entry.operation, held);
    this.people.set(id, { view, line: view === undefined ? undefined : this.of.model.line(view) });
  }
}
