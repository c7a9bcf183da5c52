let kept = false;

/** Asks the browser to keep the store when space runs short. False when it does not promise. */
export async function keepStorage(): Promise<boolean> {
  const { storage } = navigator;
  try {
    kept = (await storage?.persisted?.()) === true || (await storage?.persist?.()) === true;
  } catch {
    kept = false;
  }
  return kept;
}

/** What the browser last answered. */
export const isKept = () => kept;
