import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAddress, ServiceAddress } from '../../../src/dashly/address';

describe('the address of a service', () => {
  const accepted: [typed: string, address: string][] = [
    ['https://api.dashly.app', 'https://api.dashly.app'],
    ['  https://api.dashly.app/  ', 'https://api.dashly.app'],
    ['HTTPS://API.Dashly.App', 'https://api.dashly.app'],
    ['https://api.example.com:8443/dashly//', 'https://api.example.com:8443/dashly'],
    ['https://api.example.com:443', 'https://api.example.com'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://127.1:8080/', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://0x7f000001:8080/', 'http://127.0.0.1:8080'],
    ['http://[0:0::1]:8080', 'http://[::1]:8080'],
    ['http://LOCALHOST', 'http://localhost'],
  ];
  for (const [typed, address] of accepted) {
    it(`takes ${typed}`, () => {
      assert.deepEqual(parseAddress(typed), { address });
      assert.equal(new ServiceAddress(typed).url('/x', {}), `${address}/x`);
    });
  }

  const refused: [typed: string, because: RegExp][] = [
    ['', /Type the address/],
    ['   ', /Type the address/],
    ['api.dashly.app', /https:\/\//],
    ['ftp://api.dashly.app', /https:\/\//],
    ['javascript:alert(1)', /https:\/\//],
    ['https://', /not a web address/],
    ['https://exa mple.com', /not a web address/],
    ['https://user:secret@api.example.com', /@/],
    ['https://user@api.example.com', /@/],
    ['https://api.example.com?auth_token=1', /\?/],
    ['https://api.example.com?', /\?/],
    ['https://api.example.com#x', /#/],
    ['https://api.dashly.app/apps/1/users', /\/apps/],
    ['http://api.dashly.app', /plain http/],
    ['http://127.0.0.1.example.com', /plain http/],
    ['http://localhost.example.com', /plain http/],
    ['http://notlocalhost', /plain http/],
    ['http://10.0.0.1', /plain http/],
    // VS Code sends these through a configured proxy.
    ['http://dashly.localhost', /plain http/],
    ['http://localhost.', /plain http/],
    ['http://127.0.0.2', /plain http/],
    ['http://127.255.255.254:3000', /plain http/],
    ['http://0.0.0.0', /plain http/],
    ['http://[::ffff:127.0.0.1]', /plain http/],
  ];
  for (const [typed, because] of refused) {
    it(`refuses "${typed}" and says why`, () => {
      const checked = parseAddress(typed);
      assert.ok('problem' in checked);
      assert.match(checked.problem, because);
      assert.throws(() => new ServiceAddress(typed), TypeError);
    });
  }

  it('gives an address that it takes again unchanged, and that only https or this machine can have', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.webUrl({ validSchemes: ['http'] }), fc.string()), (typed) => {
        const checked = parseAddress(typed);
        if ('problem' in checked) return;
        assert.deepEqual(parseAddress(checked.address), checked);
        const url = new URL(checked.address);
        assert.ok(url.protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname));
        assert.equal(url.username + url.password + url.search + url.hash, '');
      }),
    );
  });
});
