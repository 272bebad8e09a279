/**
 * An export in a process of its own, whose memory is measured: `<address> <token> <app> <path> <times>`. Prints one line of
 * JSON: of the last export, and the peak of all.
 */
import { DashlyClient } from '../../src/dashly/client';
import { LeadsExport } from '../../src/export/leadsExport';
import { LocalTarget } from '../../src/export/localTarget';

async function main([address = '', token = '', app = '', path = '', times = '1']: readonly string[]): Promise<void> {
  const client = new DashlyClient({ address, app, token });
  const order = {
    app: { key: 'bench', name: 'Bench', fingerprint: '' },
    query: {},
    format: { format: 'ndjson' as const },
    masked: false,
  };
  // In the extension the client has long been in use when somebody exports.
  await client.countLeads(undefined, new AbortController().signal);
  for (let time = 1; time <= Number(times); time += 1) {
    const leadsExport = LeadsExport.begin(client, order, await LocalTarget.create(path));
    const began = performance.now();
    const result = await leadsExport.run((lead) => lead, new AbortController().signal);
    const milliseconds = performance.now() - began;
    await leadsExport.close();
    if (time === Number(times)) {
      console.log(JSON.stringify({ milliseconds, peakKilobytes: process.resourceUsage().maxRSS, result }));
    }
  }
}

void main(process.argv.slice(2));
