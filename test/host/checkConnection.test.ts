import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ActivatedParts } from '../../src/parts';
import { waitUntil } from '../vscode/condition';
import type { Relay } from '../service/relay';
import { activatedParts } from './helpers/activatedParts';
import { hiddenHost } from './helpers/certificates';
import { certificates, Network, type Service } from './helpers/network';

describe('Check Connection through a forward proxy', () => {
  const network = new Network();
  const credentials = 'anna:pass-of-the-proxy';
  const address = `https://${hiddenHost}`;
  let parts: ActivatedParts;

  before(async () => {
    parts = await activatedParts();
  });
  after(async () => {
    await activatedParts();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Connects the service's app and runs the command. @returns the text that it shows */
  async function report(service: Service, { port }: Relay): Promise<string> {
    await activatedParts();
    await waitUntil('no app is connected', () => parts.current.connection === undefined);
    await parts.store.add({ address, app: '$self_app', name: 'Behind a proxy' }, service.token);
    await waitUntil('the app is connected', () => parts.current.connection?.client.address === address);
    await vscode.commands.executeCommand('dashlyLeads.checkConnection');
    const text = await waitUntil('the report is the one of this proxy', () => {
      const shown = vscode.window.activeTextEditor?.document.getText();
      return shown?.includes(`port ${port}`) && shown;
    });
    assert.match(text, /^Dashly Leads: Check Connection$/m);
    const encoded = (secret: string): string => Buffer.from(secret).toString('base64');
    const secrets = [service.token, ...credentials.split(':'), hiddenHost, 'Behind a proxy', '$self_app'];
    for (const secret of [...secrets, encoded(credentials), encoded(service.token)])
      assert.ok(!text.includes(secret), `${secret} is in:\n${text}`);
    return text;
  }

  it('goes all the way with its name and password, to a service with a private certificate', async () => {
    const service = await network.serve(certificates.system);
    const proxy = await network.proxyTo(service, { credentials });
    const text = await report(service, proxy);
    assert.ok(proxy.connections > 0);
    assert.match(text, /^Name resolved +- +the proxy resolves it$/m);
    const way = 'through the proxy of the setting http\\.proxy; with TLS and a first answer';
    assert.match(text, new RegExp(`^Connected +ok +${way} \\(\\d+ ms\\)$`, 'm'));
    assert.match(text, /^TLS +ok +the certificate is trusted$/m);
    assert.match(text, /^Token accepted +ok +yes$/m);
    assert.match(text, /^Leads counted +ok +200 leads \(\d+ ms\)$/m);
    assert.match(text, /^Online visitors allowed +ok /m);
    assert.match(text, /^http\.proxy: set \(http, port \d+, with name and password\)$/m);
    assert.doesNotMatch(text, /FAILED|not reached/);
  });

  it('says that the proxy refuses the name and password, and where they belong', async () => {
    const service = await network.serve(certificates.system);
    const proxy = await network.proxyTo(service, { credentials, given: 'anna:wrong' });
    const text = await report(service, proxy);
    assert.match(text, /^Connected +FAILED +proxyAuthentication, through the proxy of the setting http\.proxy \(/m);
    assert.match(text.replace(/\s+/g, ' '), /→ .*http\.proxy, then reload the window\./);
    assert.ok(!text.includes('wrong'));
    assert.deepEqual(service.api.requests, []);
  });

  it('says that nobody vouches for the service, and where its authority belongs', async () => {
    const service = await network.serve(certificates.selfSigned);
    const proxy = await network.proxyTo(service, { credentials });
    const text = await report(service, proxy);
    assert.match(text, /^Connected +ok +through the proxy of the setting http\.proxy$/m);
    assert.match(text, /^TLS +FAILED +tls \(\d+ ms\)$/m);
    assert.match(text.replace(/\s+/g, ' '), /→ .*http\.proxyStrictSSL does not change that.*NODE_EXTRA_CA_CERTS/);
    assert.deepEqual(service.api.requests, []);
  });

  it('says that the token is not accepted', async () => {
    const service = await network.serve(certificates.system);
    const proxy = await network.proxyTo(service, { credentials });
    const text = await report({ ...service, token: 'another-token-of-the-app' }, proxy);
    assert.match(text, /^HTTP +ok +status 401$/m);
    assert.match(text, /^Token accepted +FAILED +notAuthenticated, status 401 \(/m);
  });
});
