import { Phone } from '#platform/browser/offline/phone.ts';
import { registerDevice } from '../contract.ts';
import type { PhoneDoor } from './phone-door.ts';
import { villageModel } from './village-model.ts';
import { appVersion, ask, villageTransport } from './village-transport.ts';

/** The door of this phone, on the browser's own storage and the county's server. */
export function openPhoneDoor(): PhoneDoor {
  const phone = new Phone({
    model: villageModel,
    transport: villageTransport,
    greet: (input) => ask(registerDevice, { ...input, name: deviceName(), appVersion }),
  });
  return {
    users: () => phone.users(),
    storeOf: (user) => phone.storeOf(user.userId),
    admit: (session) => phone.admit(session.staffId),
    setPin: (store, user, pin) => phone.setPin(store, user.userId, pin),
  };
}

/** What support reads to tell phones apart: the make, as far as the browser says it. */
function deviceName(): string {
  const model = /\(([^()]*)\)/.exec(navigator.userAgent)?.[1] ?? '手机';
  return model.split(';').slice(-2).join(' ').trim().slice(0, 60) || '手机';
}
