import type * as vscode from 'vscode';
import { Disposables } from './editor/disposables';
import { createLog } from './editor/log';

export function activate(context: vscode.ExtensionContext): void {
  const parts = new Disposables();
  context.subscriptions.push(parts);
  parts.add(createLog());
}
