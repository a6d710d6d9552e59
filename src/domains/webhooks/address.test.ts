import { describe, expect, it } from 'vitest';
import { AddressNotAllowed, isPublicAddress, isWebhookUrl, lookupPublic } from './address.ts';

describe('an address', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:4700:4700::1111'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '127.1.2.3',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the URL of a webhook', () => {
  it.each(['https://example.com/hook', 'https://example.com:8443/a?b=c', 'https://93.184.215.14/'])(
    'can be %s',
    (url) => {
      expect(isWebhookUrl(url, false)).toBe(true);
    },
  );

  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'https://user:secret@example.com/',
    'https://example.com/#part',
    'https://127.0.0.1/',
    'https://2130706433/', // 127.0.0.1 as a number
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    'not a URL',
  ])('cannot be %s', (url) => {
    expect(isWebhookUrl(url, false)).toBe(false);
  });

  it('can be private and without TLS where the settings allow it, but not another scheme', () => {
    expect(isWebhookUrl('http://10.0.0.1:9000/', true)).toBe(true);
    expect(isWebhookUrl('file:///etc/passwd', true)).toBe(false);
  });
});

describe('the lookup of a host', () => {
  it.each([true, false])('fails if no address is public (all: %s)', async (all) => {
    const error = await new Promise((resolve) => lookupPublic('localhost', { all }, resolve));
    expect(error).toBeInstanceOf(AddressNotAllowed);
  });
});
