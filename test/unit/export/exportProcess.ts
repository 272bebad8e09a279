/** An export in a process of its own, to be killed: `tsx exportProcess.ts <address> <token> <app> <path> <format>`. */
import { DashlyClient } from '../../../src/dashly/client';
import { LeadsExport } from '../../../src/export/leadsExport';
import type { FormatName } from '../../../src/export/formats/formats';
import { LocalTarget } from '../../../src/export/localTarget';

const [address = '', token = '', app = '', path = '', format = 'ndjson'] = process.argv.slice(2);
const client = new DashlyClient({ address, app, token });
const order = {
  app: { key: 'k', name: 'Sample', fingerprint: '' },
  query: {},
  format: { format: format as FormatName },
  masked: false,
};
void LocalTarget.create(path).then((target) =>
  LeadsExport.begin(client, order, target).run((lead) => lead, new AbortController().signal),
);
