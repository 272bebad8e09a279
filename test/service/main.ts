import { parseArgs } from 'node:util';
import { fault } from './faults';
import { serveSampleApi } from './server';
import { TestApi } from './testApi';
import { TestApp } from './testApp';

const usage = `Serves the sample app as Dashly's Web API would, on this machine only.

npm run sample-api -- [--port N] [--leads N] [--delay milliseconds]`;

function wholeNumber(name: string, text: string | undefined, whenMissing: number): number {
  if (text !== undefined && !/^\d{1,9}$/.test(text)) {
    throw new Error(`--${name} takes a whole number, not "${text}".`);
  }
  return text === undefined ? whenMissing : Number(text);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      leads: { type: 'string' },
      delay: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const app = new TestApp({ leads: wholeNumber('leads', values.leads, 12_345) });
  const api = new TestApi(app, { live: true });
  const delay = wholeNumber('delay', values.delay, 0);
  if (delay > 0) {
    api.faults.add(fault.delay(delay));
  }
  const server = await serveSampleApi(api, { port: wholeNumber('port', values.port, 0) });
  // Single quotes: in double ones a shell would expand $self_app to nothing (API.md, section 1).
  console.log(`The sample app: ${app.count.toLocaleString('en')} leads.

Address  ${server.address}
App      $self_app (or ${app.appId})
Token    ${server.token}

curl -sG '${server.address}/apps/$self_app/users' -H 'Authorization: Token ${server.token}' \\
  --data-urlencode 'filters={"type":"and","filters":[{"type":"known","property_name":"$email","value":{}}]}' \\
  -d limit=2 -d id_as_string=true

Ctrl+C stops it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
}

main().catch((error: unknown) => {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(taken ? 'That port is taken: choose another with --port.' : `${(error as Error).message}\n\n${usage}`);
  process.exitCode = 1;
});
