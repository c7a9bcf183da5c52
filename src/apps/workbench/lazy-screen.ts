import type { RouteComponent } from '@tanstack/react-router';
import { type ComponentType, lazy } from 'react';

/**
 * A screen whose code comes when it is first opened. Where that fails (no network, or the server has a newer build) the
 * frame says so and offers to load the page anew when the person wants it; the router's own helper would reload at once,
 * and without a network that is a blank page.
 */
export function lazyScreen<Name extends string>(
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): RouteComponent {
  return lazy(async (): Promise<{ default: ComponentType }> => ({ default: (await load())[name] }));
}
