import * as vscode from 'vscode';
import { DashlyClient } from '../../../src/dashly/client';
import { type Relay, startProxy, startRelay } from '../../service/relay';
import { type SampleServer, serveSampleApi } from '../../service/server';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';
import { trustSystemAuthority } from '../../vscode/systemAuthority';
import { type Certificates, certificatesVariable, hiddenHost, relayHost } from './certificates';

export const certificates = JSON.parse(process.env[certificatesVariable] ?? '{}') as Certificates;

trustSystemAuthority(certificates.systemAuthority);

/** A service in the extension host. */
export type Service = SampleServer & { readonly api: TestApi };

/**
 * Services, relays and proxies for the tests of a `describe`. After each test they are closed, and VS Code's network
 * settings are put back.
 */
export class Network {
  private readonly open: { close(): Promise<void> }[] = [];
  private readonly before = new Map<string, unknown>();

  constructor() {
    afterEach(async () => {
      for (const [name, value] of this.before) await update(name, value);
      this.before.clear();
      for (const one of this.open.splice(0).reverse()) await one.close();
    });
  }

  /** Changes user settings under `http.`; undefined takes one away. */
  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    for (const [name, value] of Object.entries(settings)) {
      if (!this.before.has(name))
        this.before.set(name, vscode.workspace.getConfiguration('http').inspect(name)?.globalValue);
      await update(name, value);
    }
  }

  /** A service with 200 leads on 127.0.0.1; over https with a certificate. */
  async serve(certificate?: Certificates['system']): Promise<Service> {
    const api = new TestApi(new TestApp({ leads: 200 }));
    return { ...this.owned(await serveSampleApi(api, certificate && { certificate })), api };
  }

  /** A way to the service over another address of loopback, where VS Code's settings count. */
  async relayTo(service: Service, host = relayHost): Promise<Relay> {
    return this.owned(await startRelay(service, 0, host));
  }

  /**
   * A forward proxy that knows the service by any name, in the user's settings.
   * @param options.credentials `user:password` that it asks for
   * @param options.given those in the settings; the same when left out
   * @param options.settings others under `http.`
   */
  async proxyTo(
    service: Service,
    options: { credentials?: string; given?: string; settings?: Readonly<Record<string, unknown>> } = {},
  ): Promise<Relay> {
    const { credentials, given = credentials, settings } = options;
    await this.forgetProxy();
    const proxy = this.owned(await startProxy(service, credentials));
    const address = `http://${given ? `${given}@` : ''}127.0.0.1:${proxy.port}`;
    await this.configure({ proxySupport: 'override', proxy: address, ...settings });
    return proxy;
  }

  /**
   * VS Code 1.105 goes on with the first proxy that it was told of until a request through a proxy is to trust other
   * certificates than the one before.
   */
  private async forgetProxy(): Promise<void> {
    const trusts = vscode.workspace.getConfiguration('http').get<boolean>('systemCertificates');
    const nothing = 'http://127.0.0.1:1';
    await this.configure({ systemCertificates: !trusts, proxySupport: 'override', proxy: nothing });
    await fetch(`https://${hiddenHost}`).catch(() => undefined);
    await this.configure({ systemCertificates: trusts, proxySupport: undefined, proxy: undefined });
  }

  private owned<T extends { close(): Promise<void> }>(one: T): T {
    this.open.push(one);
    return one;
  }
}

async function update(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('http').update(name, value, vscode.ConfigurationTarget.Global);
}

/** @param log gets the client's lines */
export function clientOf(address: string, { token }: Service, log?: (line: string) => void): DashlyClient {
  return new DashlyClient({ address, app: '$self_app', token, log });
}

/** Reads so many pages of one lead each at once. @returns how many leads came */
export async function readPages(client: DashlyClient, pages: number): Promise<number> {
  const read = Array.from({ length: pages }, (_, offset) =>
    client.listLeads({ offset, limit: 1 }, new AbortController().signal),
  );
  return (await Promise.all(read)).reduce((sum, { leads }) => sum + leads.length, 0);
}
