import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ownApp } from '../../src/dashly/address';
import { openAccounts } from '../../src/account/session';
import type { DashlyClient } from '../../src/dashly/client';
import { DashlyError, type DashlyErrorKind } from '../../src/dashly/errors';
import { fault } from '../service/faults';
import type { Relay } from '../service/relay';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';
import { hiddenHost, relayHost } from './helpers/certificates';
import { certificates, clientOf, Network, readPages, type Service } from './helpers/network';

const signal = new AbortController().signal;

const fails = (client: DashlyClient, kind: DashlyErrorKind): Promise<void> =>
  assert.rejects(client.countLeads(undefined, signal), (error) => {
    assert.ok(error instanceof DashlyError, String(error));
    assert.equal(error.kind, kind, error.detail);
    return true;
  });

describe('Connections of the extension host', () => {
  const network = new Network();

  // With http.systemCertificates off `fetch` is Node's own, with it on it is VS Code's.
  for (const systemCertificates of [true, false]) {
    for (const scheme of ['https', 'http'] as const) {
      it(`are at most 4 for 200 requests over ${scheme}, with http.systemCertificates ${systemCertificates}`, async () => {
        await network.configure({ systemCertificates });
        const certificate = systemCertificates ? certificates.system : certificates.extra;
        const service = await network.serve(scheme === 'https' ? certificate : undefined);
        // Plain http is for this machine only.
        const host = scheme === 'https' ? relayHost : '127.0.0.1';
        const relay = await network.relayTo(service, host);
        assert.equal(await readPages(clientOf(`${scheme}://${host}:${relay.port}`, service), 200), 200);
        assert.ok(relay.connections <= 4, `${relay.connections} connections`);
      });
    }

    it(`that the service closed while idle are made anew, with http.systemCertificates ${systemCertificates}`, async () => {
      await network.configure({ systemCertificates });
      const service = await network.serve(systemCertificates ? certificates.system : certificates.extra);
      const relay = await network.relayTo(service);
      const log: string[] = [];
      const client = clientOf(`https://${relayHost}:${relay.port}`, service, (line) => log.push(line));
      assert.equal(await client.countLeads(undefined, signal), 200);
      // The client cannot know it yet when it sends the next request.
      relay.cut();
      assert.equal(await client.countLeads(undefined, signal), 200);
      // As the request is on its way.
      service.api.faults.add(fault.reset(), { times: 1 });
      assert.equal(await client.countLeads(undefined, signal), 200);
      assert.equal(relay.connections, 3);
      // Each was answered once, and what was asked again was asked at once.
      assert.equal(log.filter((line) => line.includes(' 200, ')).length, 3, log.join('\n'));
      assert.deepEqual(
        [...new Set(log.filter((line) => line.includes('again')))],
        ['GET /apps/{id}/users: reset, again in 0 ms'],
      );
    });
  }

  it('trust the authorities of the system with http.systemCertificates, else those of NODE_EXTRA_CA_CERTS', async () => {
    const system = await network.serve(certificates.system);
    const extra = await network.serve(certificates.extra);
    const trusted = async (service: typeof system): Promise<DashlyClient> =>
      clientOf(`https://${relayHost}:${(await network.relayTo(service)).port}`, service);
    for (const systemCertificates of [true, false]) {
      await network.configure({ systemCertificates });
      const [good, bad] = systemCertificates ? [system, extra] : [extra, system];
      assert.equal(await (await trusted(good)).countLeads(undefined, signal), 200);
      await fails(await trusted(bad), 'tls');
    }
  });

  for (const proxyStrictSSL of [true, false]) {
    it(`need a certificate that somebody vouches for, with http.proxyStrictSSL ${proxyStrictSSL}`, async () => {
      await network.configure({ proxyStrictSSL });
      const service = await network.serve(certificates.selfSigned);
      const relay = await network.relayTo(service);
      await fails(clientOf(`https://${relayHost}:${relay.port}`, service), 'tls');
      assert.deepEqual(service.api.requests, []);
    });
  }
});

describe('A forward proxy', () => {
  const network = new Network();
  const credentials = 'anna:pass-of-the-proxy';

  /**
   * One request, and 100 more. Where several are the first through a proxy, VS Code 1.105 makes for each a pool of
   * connections, and goes on with one of them.
   */
  const readThrough = async (service: Service): Promise<number> => {
    const client = clientOf(`https://${hiddenHost}`, service);
    return (await readPages(client, 1)) + (await readPages(client, 100));
  };
  const atMost4 = ({ connections }: Relay): void =>
    assert.ok(connections > 0 && connections <= 4, `${connections} tunnels`);

  for (const proxySupport of ['override', 'on', 'fallback']) {
    it(`is gone through with http.proxySupport ${proxySupport}, by at most 4 tunnels`, async () => {
      const service = await network.serve(certificates.system);
      const proxy = await network.proxyTo(service, { settings: { proxySupport } });
      assert.equal(await readThrough(service), 101);
      atMost4(proxy);
    });
  }

  it('is gone through with NODE_EXTRA_CA_CERTS for the service as well', async () => {
    await network.configure({ systemCertificates: false });
    const service = await network.serve(certificates.extra);
    const proxy = await network.proxyTo(service);
    assert.equal(await readThrough(service), 101);
    atMost4(proxy);
  });

  for (const [title, settings] of [
    ['with http.proxySupport off', { proxySupport: 'off' }],
    ['for hosts in http.noProxy', { noProxy: ['leads.test'] }],
  ] as const) {
    it(`is gone past ${title}`, async () => {
      const service = await network.serve(certificates.system);
      const proxy = await network.proxyTo(service, { settings });
      await fails(clientOf(`https://${hiddenHost}`, service), 'dns');
      assert.equal(proxy.connections, 0);
    });
  }

  it('gets the name and password that stand in http.proxy', async () => {
    const service = await network.serve(certificates.system);
    const proxy = await network.proxyTo(service, { credentials });
    assert.equal(await readThrough(service), 101);
    atMost4(proxy);
  });

  for (const [title, given] of [
    ['no password', ''],
    ['a wrong password', 'anna:wrong'],
  ] as const) {
    it(`that refuses ${title} is told as that, and nothing gets past it`, async () => {
      const service = await network.serve(certificates.system);
      await network.proxyTo(service, { credentials, given });
      await fails(clientOf(`https://${hiddenHost}`, service), 'proxyAuthentication');
      assert.deepEqual(service.api.requests, []);
    });
  }
});

describe('The end of the extension', () => {
  const network = new Network();

  it('aborts what is under way, and what waits is not sent', async () => {
    const service = await network.serve();
    let unanswered = 0;
    const silence = fault.silence();
    service.api.faults.add(async (request, answer) => {
      unanswered++;
      return silence(request, answer).finally(() => unanswered--);
    });
    const { secrets, current, masking } = await activatedParts();
    const context = { secrets, globalState: { get: () => undefined } } as unknown as vscode.ExtensionContext;
    const log = vscode.window.createOutputChannel('Ended', { log: true });
    const { connections, disposables } = openAccounts({ context, current, masking, log });
    const { client } = await connections.open({ address: service.address, app: ownApp, name: 'One' }, service.token);
    const rejected = Promise.all(Array.from({ length: 10 }, () => fails(client, 'cancelled')));
    await waitUntil('the service has as many requests as it gets at once', () => unanswered === 4);
    // As activation disposes them.
    for (const one of disposables.toReversed()) one.dispose();
    await rejected;
    await waitUntil('the connections are closed', () => unanswered === 0);
    await fails(client, 'cancelled');
    assert.equal(service.api.requests.length, 4);
    log.dispose();
  });
});
