/** How much of this browser's storage the app takes, and how much it may take, in bytes. */
export interface StorageRoom {
  readonly used: number;
  readonly quota: number;
}

/** A form with its photo, written as a draft and once more as an operation, is well below it. */
const roomOfAForm = 1024 * 1024;

/** What the browser says; nothing where it does not say. */
export async function readRoom(): Promise<StorageRoom | null> {
  try {
    const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
    return usage === undefined || quota === undefined ? null : { used: usage, quota };
  } catch {
    return null;
  }
}

/** Whether a form begun now could be kept. Some browsers tell more room than there is: the reserve on the disk is asked too. */
export const isRoomy = (room: StorageRoom | null) => room === null || room.quota - room.used >= roomOfAForm;
