import { urlHost } from '../lib/listener-url.ts';
import { flag, hostName, integer, seconds, text, word } from './parsers.ts';
import { section } from './setting.ts';

export const listenSettings = section({
  title: 'Listening',
  settings: {
    host: {
      env: 'HOST',
      type: hostName,
      default: '127.0.0.1',
      description:
        'Address to bind. Any address other than loopback requires AUTH_REQUIRED=true or ALLOW_ANONYMOUS=true.',
    },
    /** 0: any free port. */
    port: {
      env: 'PORT',
      type: integer(0, 65_535),
      default: '9200',
      description: 'Main port. 0 picks a free port.',
    },
    certFile: {
      env: 'TLS_CERT_FILE',
      type: text,
      protects: true,
      aliases: ['TLS_CERT'],
      description:
        'PEM file with the certificate. With TLS_KEY_FILE, the server uses HTTPS and WSS. Renewed files are reloaded.',
    },
    keyFile: {
      env: 'TLS_KEY_FILE',
      type: text,
      protects: true,
      aliases: ['TLS_KEY'],
      description: 'PEM file with the private key of the certificate.',
    },
    /** Whether the client's address is the last entry of `X-Forwarded-For`. */
    trustProxy: {
      env: 'TRUST_PROXY',
      type: flag,
      default: 'false',
      protects: true,
      aliases: ['TRUST_PROXIES'],
      description:
        'Take the client address from the last entry of X-Forwarded-For. Enable it only behind a proxy that sets the header.',
    },
    keepAliveMs: {
      env: 'HTTP_KEEP_ALIVE_S',
      type: seconds(1, 3600),
      default: '75',
      description:
        'Seconds that an idle HTTP connection stays open. Use more than the idle timeout of your load balancer (usually 60), which otherwise answers 502 now and then.',
    },
  },
  resolve({ certFile: cert, keyFile: key, ...listen }, context, { certFile, keyFile }) {
    for (const file of [certFile, keyFile]) context.fileOf(file); // rejects one that cannot be read
    if ((cert === null) !== (key === null)) {
      const { env } = cert === null ? certFile : keyFile;
      context.error(`${env} is missing: set both TLS_CERT_FILE and TLS_KEY_FILE, or neither`);
    }
    const tls =
      cert === null || key === null ? null : { certFile: context.path(cert), keyFile: context.path(key) };
    return { ...listen, tls };
  },
});

/** The address in the URLs that clients receive, possibly that of a proxy. It opens no port. */
export const advertisedSettings = section({
  title: 'Advertised address',
  prefix: 'WEBSOCKET_',
  settings: {
    host: {
      env: 'WEBSOCKET_HOST',
      type: hostName,
      unset: 'HOST, or localhost where HOST is 0.0.0.0 or ::',
      description: 'Host name in the URLs that clients receive.',
    },
    port: {
      env: 'WEBSOCKET_PORT',
      type: integer(1, 65_535),
      unset: 'PORT',
      description:
        'Port in the URLs that clients receive. The server does not listen on it: a port that is neither PORT nor in LEGACY_LISTENERS has to be that of a proxy.',
    },
    protocol: {
      env: 'WEBSOCKET_PROTOCOL',
      type: word(['ws', 'wss']),
      unset: 'ws, or wss with TLS',
      description:
        'Protocol in the URLs that clients receive: ws or wss. Set wss where a proxy terminates TLS.',
    },
  },
  resolve({ host, port, protocol }, context) {
    const listen = listenSettings.settings;
    return {
      host: urlHost(host ?? context.value(listen.host)),
      port: port ?? context.value(listen.port),
      protocol: protocol ?? (context.isSet(listen.certFile) && context.isSet(listen.keyFile) ? 'wss' : 'ws'),
    };
  },
});
