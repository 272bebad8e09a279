import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DashlyClient } from '../../src/dashly/client';
import { DashlyError, type DashlyErrorKind } from '../../src/dashly/errors';
import { ownApp } from '../../src/account/account';
import { openAccounts } from '../../src/account/session';
import { fault } from '../service/faults';
import { type Relay, startProxy, startRelay } from '../service/relay';
import { type SampleServer, serveSampleApi } from '../service/server';
import { TestApi } from '../service/testApi';
import { TestApp } from '../service/testApp';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';
import { type Certificates, certificatesVariable, hiddenHost, relayHost } from './helpers/certificates';

const certificates = JSON.parse(process.env[certificatesVariable] ?? '{}') as Certificates;
const signal = new AbortController().signal;

/** Changes user settings of VS Code's network; undefined puts the default back. */
async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const http = vscode.workspace.getConfiguration('http');
  for (const [name, value] of Object.entries(settings)) {
    await http.update(name, value, vscode.ConfigurationTarget.Global);
  }
}

describe('The network of the extension host', () => {
  const open: { close(): Promise<void> }[] = [];
  const owned = <T extends { close(): Promise<void> }>(one: T): T => {
    open.push(one);
    return one;
  };
  afterEach(async () => {
    await configure({ proxy: undefined, proxySupport: undefined, proxyStrictSSL: undefined });
    for (const one of open.splice(0).reverse()) await one.close();
  });

  const serve = async (certificate?: Certificates['trusted']): Promise<SampleServer> =>
    owned(await serveSampleApi(new TestApi(new TestApp({ leads: 200 })), certificate && { certificate }));
  const relayTo = async (service: SampleServer): Promise<Relay> => owned(await startRelay(service, 0, relayHost));
  const clientOf = (address: string, { token }: SampleServer): DashlyClient =>
    new DashlyClient({ address, app: '$self_app', token });
  const fails = (client: DashlyClient, kind: DashlyErrorKind): Promise<void> =>
    assert.rejects(client.countLeads(undefined, signal), (error) => {
      assert.ok(error instanceof DashlyError, String(error));
      assert.equal(error.kind, kind, error.detail);
      return true;
    });

  it('needs at most 4 connections for 200 requests', async () => {
    const service = await serve();
    const relay = owned(await startRelay(service, 0, '127.0.0.1'));
    const client = clientOf(`http://127.0.0.1:${relay.port}`, service);
    const pages = Array.from({ length: 200 }, (_, offset) => client.listLeads({ offset, limit: 1 }, signal));
    assert.equal((await Promise.all(pages)).filter(({ leads }) => leads.length === 1).length, 200);
    assert.ok(relay.connections <= 4, `${relay.connections} connections`);
  });

  for (const proxyStrictSSL of [true, false]) {
    it(`refuses a certificate that nobody vouches for, with http.proxyStrictSSL ${proxyStrictSSL}`, async () => {
      await configure({ proxyStrictSSL });
      const service = await serve(certificates.selfSigned);
      const relay = await relayTo(service);
      await fails(clientOf(`https://${relayHost}:${relay.port}`, service), 'tls');
    });
  }

  it('goes past the proxy with http.proxySupport off', async () => {
    const service = await serve(certificates.trusted);
    const proxy = owned(await startProxy(service));
    await configure({ proxySupport: 'off', proxy: `http://127.0.0.1:${proxy.port}` });
    await fails(clientOf(`https://${hiddenHost}`, service), 'dns');
    assert.equal(proxy.connections, 0);
  });

  it('ends with the extension: what is under way is aborted, what waits is not sent', async () => {
    const api = new TestApi(new TestApp({ leads: 200 }));
    const service = owned(await serveSampleApi(api));
    let unanswered = 0;
    const silence = fault.silence();
    api.faults.add(async (request, answer) => {
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
    assert.equal(api.requests.length, 4);
    log.dispose();
  });
});
