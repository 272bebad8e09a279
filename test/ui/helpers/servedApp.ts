import { TestApi } from '../../service/testApi';
import { TestApp, type TestAppOptions } from '../../service/testApp';
import { serveSampleApi, type SampleServer } from '../../service/server';
import { openWorkbench } from '../../vscode/session';
import type { Workbench } from '../../vscode/workbench';

/** A sample app behind real HTTP, whose state the test can see and change. */
export interface ServedApp {
  readonly app: TestApp;
  readonly api: TestApi;
  readonly server: SampleServer;
}

/** Serves an app on loopback; to be closed by `server.close()`. */
export async function serveApp(options: TestAppOptions = {}): Promise<ServedApp> {
  const app = new TestApp(options);
  const api = new TestApi(app);
  return { app, api, server: await serveSampleApi(api) };
}

/** Connects an app as a person does, and waits until its first leads are in sight. */
export async function connectApp(
  workbench: Workbench,
  { server }: { readonly server: Pick<SampleServer, 'address' | 'token'> },
): Promise<void> {
  const { quickInput, leads } = workbench;
  // In the first second the palette does not know the commands yet: the view comes with them.
  await leads.open();
  await workbench.runCommand('Dashly Leads: Connect an App…');
  await quickInput.opened('Connect an App');
  await quickInput.pick('Another Address…');
  await quickInput.waitForMessage('Address of the service');
  await quickInput.fill(server.address);
  await quickInput.accept();
  await quickInput.waitForMessage('App id');
  await quickInput.accept();
  await quickInput.waitForMessage('API token');
  await quickInput.fill(server.token);
  await quickInput.accept();
  await quickInput.closed();
  await leads.waitForRows();
}

/** What an app is called as long as nobody has named it: the address of its service. */
export function hostOf({ server }: ServedApp): string {
  return server.address.replace('http://', '');
}

/** A window with two connected apps: one of 20 leads, and one of 30 which is shown. To be closed by `close`. */
export async function openTwoApps() {
  const [first, second] = await Promise.all([serveApp({ leads: 20, seed: 1 }), serveApp({ leads: 30, seed: 2 })]);
  const workbench = await openWorkbench();
  await connectApp(workbench, first);
  await connectApp(workbench, second);
  await workbench.leads.waitForCount(30);
  await workbench.notifications.clear();
  const close = async (): Promise<void> => {
    await workbench.close();
    await Promise.all([first.server.close(), second.server.close()]);
  };
  return { workbench, first, second, close };
}
