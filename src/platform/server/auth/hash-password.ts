import { hash, verify } from '@node-rs/argon2';

/** Cost of a password check: 19 MiB, two passes. Argon2 shares the thread pool with files and DNS, so few run at once. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const atOnce = 2;

let running = 0;
const queue: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    queue.shift()?.();
  }
}

/** The argon2id hash of a password, with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost));
}

/** True when the password made this hash. */
export function isPassword(stored: string, password: string): Promise<boolean> {
  return inTurn(() => verify(stored, password));
}

/** How many checks wait; a flood of sign-ins is turned away before it starves the server. */
export function waitingPasswordChecks(): number {
  return queue.length;
}

const common = new Set([
  'password',
  '12345678',
  '123456789',
  'qwertyuiop',
  '1234567890',
  'quancheng',
  'weishengyuan',
  'a12345678',
]);

/** Why a new password is refused, in Chinese; undefined when it is good. Long phrases and Chinese are welcome. */
export function refusePassword(password: string, username: string): string | undefined {
  if ([...password].length < 10) return '口令至少 10 个字符。';
  if (password.length > 200) return '口令过长。';
  if (common.has(password.toLowerCase()) || /^(.)\1+$/.test(password)) return '口令过于常见，请换一个。';
  if (password.toLowerCase().includes(username.toLowerCase())) return '口令不能包含用户名。';
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
  if (kinds < 3 && [...password].length < 16)
    return '口令须含大写字母、小写字母、数字、符号中的三种，或长于 16 个字符。';
  return undefined;
}
