import * as vscode from 'vscode';
import { Emitter } from '../leads/event';

/** A file of its own because two features meet in it: the card hears the zone, the tree shows dates in it. */
const key = 'timeZone';

const changed = new Emitter();

/** The person's time zone has become known, or is another one. */
export const onDidChangeTimeZone = changed.event;

/** Keeps the person's time zone, as their window said it. @param timeZone an IANA name that this machine knows */
export function rememberTimeZone(memory: vscode.Memento, timeZone: string): void {
  if (memory.get(key) === timeZone) return;
  void memory.update(key, timeZone);
  changed.fire();
}

/**
 * The time zone that dates are shown in: the person's. Only their window knows it where this host runs on another machine
 * (SSH, a container, Codespaces); until a card's page has said it, that is UTC, which is written beside each time.
 * @returns an IANA name; undefined for the zone of this machine
 */
export function shownTimeZone(memory: vscode.Memento): string | undefined {
  if (vscode.env.remoteName === undefined) return undefined;
  const known = memory.get(key);
  return typeof known === 'string' ? known : 'UTC';
}
