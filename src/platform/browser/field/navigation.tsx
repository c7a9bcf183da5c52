import {
  type AnchorHTMLAttributes,
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  useMemo,
  useSyncExternalStore,
} from 'react';

/** The screens of an app on the phone: a path such as `/people/:id` and how its screen is brought in. */
export interface FieldRoute {
  readonly path: string;
  readonly load: () => Promise<ComponentType>;
}

const base = '/field';
const listeners = new Set<() => void>();

function hereNow(): string {
  const path = window.location.pathname.slice(base.length) || '/';
  return path + window.location.search;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** Goes to a screen of the phone's app; `replace` leaves no step to come back to. */
export function goTo(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') window.history.pushState({ inside: true }, '', base + path);
  else window.history.replaceState(window.history.state, '', base + path);
  for (const listener of listeners) listener();
  window.scrollTo(0, 0);
}

/** One step back, or to the given screen when the app was opened here. */
export function goBack(otherwise = '/'): void {
  const inside = (window.history.state as { inside?: boolean } | null)?.inside === true;
  if (inside) window.history.back();
  else goTo(otherwise, 'replace');
}

/** Where the app is now: path without its base, and the query. */
export function useLocation(): { readonly path: string; readonly query: URLSearchParams } {
  const here = useSyncExternalStore(listen, hereNow);
  return useMemo(() => {
    const [path = '/', query = ''] = here.split('?');
    return { path, query: new URLSearchParams(query) };
  }, [here]);
}

/** The parts of the path named in `pattern`; undefined when the path is another. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const [wanted, given] = [pattern.split('/'), path.replace(/(.)\/$/, '$1').split('/')];
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? '';
    if (part.startsWith(':')) found[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return found;
}

/** The named parts of the path of the screen that asks. */
export function usePathParts(pattern: string): Readonly<Record<string, string>> {
  const { path } = useLocation();
  return useMemo(() => matchPath(pattern, path) ?? {}, [pattern, path]);
}

/** Shows the screen of the place the app is at; each screen's code is fetched when it is first needed. */
export function FieldRouter(props: {
  routes: readonly FieldRoute[];
  loading: ReactNode;
  notFound: ReactNode;
}) {
  const { path } = useLocation();
  const screens = useMemo(
    () =>
      props.routes.map((route) => ({
        path: route.path,
        Screen: lazy(async () => ({ default: await route.load() })),
      })),
    [props.routes],
  );
  const found = screens.find((screen) => matchPath(screen.path, path));
  if (!found) return props.notFound;
  return (
    <Suspense fallback={props.loading}>
      <found.Screen key={path} />
    </Suspense>
  );
}

/** A link inside the app that does not load the page anew. */
export function FieldLink({
  to,
  children,
  ...rest
}: { to: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  return (
    <a
      {...rest}
      href={base + to}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        goTo(to);
      }}
    >
      {children}
    </a>
  );
}
