/** An export in a process of its own, whose memory is measured: `<address> <token> <app> <path>`. Prints one line of JSON. */
import { DashlyClient } from '../../src/dashly/client';
import { LeadsExport } from '../../src/export/exportLeads';
import { LocalTarget } from '../../src/export/localTarget';

async function main([address = '', token = '', app = '', path = '']: readonly string[]): Promise<void> {
  const client = new DashlyClient({ address, app, token });
  const order = { app: { key: 'bench', name: 'Bench' }, query: {}, format: { format: 'ndjson' as const }, masked: false };
  const leadsExport = LeadsExport.begin(client, order, await LocalTarget.create(path));
  // In the extension the client has long been in use when somebody exports.
  await client.countLeads(undefined, new AbortController().signal);
  const began = performance.now();
  const result = await leadsExport.run((lead) => lead, new AbortController().signal);
  const milliseconds = performance.now() - began;
  console.log(JSON.stringify({ milliseconds, peakKilobytes: process.resourceUsage().maxRSS, result }));
}

void main(process.argv.slice(2));
