/**
 * What somebody typed and has not yet saved, kept in this tab until the server has said yes: it survives a reload and an
 * expired session, and is gone when the tab is closed, since it holds a patient's data on a shared computer.
 */
export interface Draft<T> {
  readonly content: T;
  readonly keptAt: string;
}

const prefix = 'quancheng-draft:';

/** Keeps a draft under a name such as `follow-up:<resident>`. False when the browser refuses to store it. */
export function keepDraft<T>(name: string, content: T): boolean {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify({ content, keptAt: new Date().toISOString() }));
    return true;
  } catch {
    return false;
  }
}

/** The draft kept under this name, if there is one that can be read. */
export function readDraft<T>(name: string): Draft<T> | undefined {
  try {
    const text = sessionStorage.getItem(prefix + name);
    return text === null ? undefined : (JSON.parse(text) as Draft<T>);
  } catch {
    return undefined;
  }
}

export function dropDraft(name: string): void {
  sessionStorage.removeItem(prefix + name);
}

/** Forgets every draft, as on signing out. */
export function dropAllDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}
