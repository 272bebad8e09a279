import type * as vscode from 'vscode';
import type { Connection } from '../leads/currentLeads';

/** A file of its own because an export's state and the names of an app both go by it. */
const secretName = 'dashlyLeads.exportSecret';

/** Tells apps with the same key apart, from session to session (`Connection.fingerprint`). */
export async function appFingerprint(memory: vscode.Memento, connection: Connection): Promise<string> {
  let secret = memory.get<unknown>(secretName);
  if (typeof secret !== 'string') {
    secret = crypto.randomUUID();
    await memory.update(secretName, secret);
  }
  return connection.fingerprint(secret as string);
}
