/** Work that is done again and again while the server runs. */
export interface RepeatedWork {
  readonly name: string;
  readonly seconds: number;
  readonly work: () => Promise<unknown>;
  /** Work that loses nothing when the server stops before its next turn. */
  readonly mayWait?: boolean;
}

/**
 * Runs work again and again, never twice at once; a failure is reported and the next turn comes all the same. `stop`
 * waits for the turn that runs and does one last turn when asked.
 */
export function runEvery(
  repeated: RepeatedWork,
  report: (name: string, error: unknown) => void,
): { stop(options?: { lastTurn?: boolean }): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const turn = async () => {
    try {
      await repeated.work();
    } catch (error) {
      report(repeated.name, error);
    }
  };
  const plan = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = turn().then(plan);
    }, repeated.seconds * 1000);
    timer.unref();
  };
  plan();
  return {
    async stop(options = {}) {
      stopped = true;
      clearTimeout(timer);
      await running;
      if (options.lastTurn) await turn();
    },
  };
}
