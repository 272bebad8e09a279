import assert from 'node:assert/strict';
import {
  describeProxy,
  type NetworkSettings,
  networkVariablesIn,
  type Route,
  routeTo,
} from '../../../src/account/networkSettings';

const service = 'https://api.dashly.app';
const proxy = 'http://anna:pass@proxy.corp.example:8080';

describe('The network as the settings describe it', () => {
  const route = (more: Partial<NetworkSettings>, address = service): Route =>
    routeTo(address, { proxySupport: 'override', proxy: '', noProxy: [], environment: {}, ...more });

  it('goes through the proxy of the setting, else of the environment, else as the system says', () => {
    assert.equal(route({}), 'system');
    assert.equal(route({ proxy }), 'setting');
    assert.equal(route({ environment: { https_proxy: proxy } }), 'environment');
    assert.equal(route({ environment: { HTTP_PROXY: proxy } }), 'environment');
    assert.equal(route({ proxy, environment: { HTTPS_PROXY: proxy } }), 'setting');
    assert.equal(route({ proxy: 'proxy.corp.example:8080' }), 'system', 'without a scheme VS Code takes it for none');
    for (const proxySupport of ['on', 'fallback']) assert.equal(route({ proxy, proxySupport }), 'setting');
  });

  it('goes past it where proxies are off, on this machine, and for exceptions', () => {
    assert.equal(route({ proxy, proxySupport: 'off' }), 'direct');
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:1'])
      assert.equal(route({ proxy }, `http://${host}`), 'direct', host);
    for (const entry of ['dashly.app', '.dashly.app', 'API.dashly.app', 'dashly.app:443', '*'])
      assert.equal(route({ proxy, noProxy: [entry] }), 'direct', entry);
    for (const entry of ['shly.app', 'dashly.app:8443', 'example.com', ''])
      assert.equal(route({ proxy, noProxy: [entry] }), 'setting', entry);
    assert.equal(route({ proxy, environment: { NO_PROXY: 'localhost, dashly.app' } }), 'direct');
    assert.equal(route({ proxy, noProxy: ['example.com'], environment: { no_proxy: '*' } }), 'setting');
  });

  it('is told without what is private', () => {
    assert.equal(describeProxy(proxy), 'set (http, port 8080, with name and password)');
    assert.equal(describeProxy('http://:pass@proxy:8080'), 'set (http, port 8080, with name and password)');
    assert.equal(describeProxy('http://proxy.corp.example:3128'), 'set (http, port 3128, without name and password)');
    assert.equal(describeProxy(''), 'not set');
    assert.equal(describeProxy('proxy corp'), 'set, but not an address');
    const environment = { https_proxy: proxy, NO_PROXY: '', HOME: '/home/anna' };
    assert.deepEqual(networkVariablesIn(environment), ['https_proxy']);
  });
});
