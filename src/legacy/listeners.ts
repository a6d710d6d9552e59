import { z } from 'zod';
import { advertisedSettings, listenSettings } from '../config/listen.ts';
import { entriesOf } from '../config/parsers.ts';
import { section, type SettingsContext } from '../config/setting.ts';

/** A further listener, which serves everything that the main one does. */
export interface LegacyListener {
  readonly name: string;
  /** 0: any free port. */
  readonly port: number;
}

/** @param ports the ports of the old systems by name. */
export function listenersSettings(ports: Readonly<Record<string, number>>) {
  const allowed = Object.entries(ports)
    .map(([name, port]) => `${name} (${port})`)
    .join(', ');
  return section({
    title: 'Ports of old systems',
    settings: {
      listeners: {
        env: 'LEGACY_LISTENERS',
        type: listenersOf(ports, allowed),
        default: '',
        description: `Further ports, each serving everything: all, or a comma-separated list of ${allowed}, each optionally as name:port.`,
      },
    },
    resolve({ listeners }, context) {
      checkPorts(listeners, context);
      return listeners;
    },
  });
}

function listenersOf(ports: Readonly<Record<string, number>>, allowed: string) {
  return z.string().transform((value, context): readonly LegacyListener[] => {
    if (value.toLowerCase() === 'all') return Object.entries(ports).map(([name, port]) => ({ name, port }));
    return entriesOf(value, context, {
      rule: `must be all or a comma-separated list of ${allowed}, each optionally as name:port`,
      parse: (entry) => {
        const [, word = '', digits] = /^([a-z]+)(?::(\d{1,5}))?$/i.exec(entry) ?? [];
        const name = word.toLowerCase();
        const port = digits === undefined ? ports[name] : Number(digits);
        const isValid = Object.hasOwn(ports, name) && port !== undefined && port <= 65_535;
        return isValid ? { name, port } : null;
      },
      nameOf: ({ name }) => name,
    });
  });
}

function checkPorts(listeners: readonly LegacyListener[], context: SettingsContext): void {
  const taken = new Map([[context.value(listenSettings.settings.port), 'PORT']]);
  for (const { name, port } of listeners) {
    const by = port === 0 ? undefined : taken.get(port);
    if (by !== undefined)
      context.error(
        `LEGACY_LISTENERS opens port ${port} for ${name}, which ${by} already opens: remove one of them`,
      );
    taken.set(port, `LEGACY_LISTENERS for ${name}`);
  }
  const { host, port, protocol } = advertisedSettings.settings;
  const advertisedPort = context.value(port);
  if (
    advertisedPort !== null &&
    !taken.has(advertisedPort) &&
    !context.isSet(host) &&
    !context.isSet(protocol)
  )
    context.warn(
      `WEBSOCKET_PORT=${advertisedPort} is sent to clients, but this server does not listen on it: have a proxy do so, ` +
        'or set PORT or LEGACY_LISTENERS',
    );
}
