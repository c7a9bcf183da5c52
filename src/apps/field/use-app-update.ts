import { useEffect, useState } from 'react';

/**
 * Registers the service worker and tells when a newer app waits. It is taken only when the person says so; a form being
 * typed is in the encrypted store by then, so that nothing is lost.
 */
export function useAppUpdate(): { readonly isWaiting: boolean; readonly take: () => void } {
  const [waiting, setWaiting] = useState<ServiceWorker>();
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    void navigator.serviceWorker
      .register('/field/service-worker.js', { scope: '/field/' })
      .then((registration) => {
        const look = () => {
          if (registration.waiting && navigator.serviceWorker.controller) setWaiting(registration.waiting);
        };
        look();
        registration.addEventListener('updatefound', () =>
          registration.installing?.addEventListener('statechange', look),
        );
        timer = setInterval(() => void registration.update().catch(() => undefined), 3_600_000);
      })
      .catch(() => undefined);
    return () => clearInterval(timer);
  }, []);
  const take = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
      once: true,
    });
    waiting?.postMessage('take-over');
  };
  return { isWaiting: waiting !== undefined, take };
}
