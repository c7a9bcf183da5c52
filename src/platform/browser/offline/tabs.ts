/** What tabs of one user tell each other: something was saved, people changed, the other one should talk to the server. */
export type TabNews = 'saved' | 'people' | 'please-sync';

export interface Leadership {
  isLeading(): boolean;
  /** Resolves when it is known whether another tab leads. */
  readonly decided: Promise<void>;
  tell(news: TabNews): void;
  release(): void;
}

/**
 * Makes one tab of a user the one that talks to the server; when it is closed another takes over. Where the browser has no
 * locks every tab talks for itself, which is safe, since the server takes each operation once.
 */
export function claimLeadership(
  name: string,
  on: { readonly onLeading: (wasFirst: boolean) => void; readonly onNews: (news: TabNews) => void },
): Leadership {
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : undefined;
  let isLeading = false;
  let isReleased = false;
  let letGo: () => void = () => undefined;
  let decide: () => void = () => undefined;
  const decided = new Promise<void>((resolve) => {
    decide = resolve;
  });
  const lead = (wasFirst: boolean) => {
    decide();
    if (isReleased) return Promise.resolve();
    isLeading = true;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    on.onLeading(wasFirst);
    return held;
  };
  if (channel) channel.onmessage = (event) => on.onNews(event.data as TabNews);
  const locks = globalThis.navigator?.locks;
  if (locks) void waitForLock(locks, name, lead, decide);
  else queueMicrotask(() => void lead(true));
  return {
    decided,
    isLeading: () => isLeading,
    tell: (news) => {
      if (!isReleased) channel?.postMessage(news);
    },
    release() {
      isReleased = true;
      isLeading = false;
      letGo();
      channel?.close();
    },
  };
}

/** Asks once without waiting, so that it is known at once who leads, then queues behind the one that does. */
async function waitForLock(
  locks: LockManager,
  name: string,
  lead: (wasFirst: boolean) => Promise<void>,
  decide: () => void,
): Promise<void> {
  const isHeld = await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await lead(true);
    return lock !== null;
  });
  decide();
  if (!isHeld) await locks.request(name, () => lead(false));
}
