import * as l10n from '@vscode/l10n';
import { askToConnect, type Parts, runCommand } from '../editor/commands';
import { askModally, showInformationMessage } from '../editor/window';
import { type Connection, isSameApp } from '../leads/currentLeads';
import { Disposables } from '../leads/event';
import type { Masking } from '../leads/masking';
import { singleLine } from '../leads/text';

/**
 * Whether assistants get real contacts: those of one app, until the window is closed, the app is left, or contacts are masked.
 * Only a person can allow it, by a command: no tool asks for it.
 */
export class ContactPermission {
  private readonly owned = new Disposables();
  /** To the app whose contacts they get. */
  private allowed: Connection | undefined;

  constructor(private readonly parts: Pick<Parts, 'current' | 'masking'>) {
    const { current, masking } = parts;
    const end = (): void => void (this.allowed = undefined);
    this.owned.add(masking.onDidChange(end));
    this.owned.add(
      current.onDidChangeList(() => {
        if (!this.isAllowed) end();
      }),
    );
  }

  /** What masks the data that goes to a model. */
  get masking(): Masking {
    const { masking } = this.parts;
    return this.isAllowed ? masking : masking.alwaysOn();
  }

  /** Asks the person to allow it, or to take it back. */
  async ask(): Promise<void> {
    const { current, masking } = this.parts;
    const { connection } = current;
    if (!connection) {
      askToConnect(l10n.t('Connect an app to let assistants read its contacts.'));
      return;
    }
    if (masking.on) {
      const show = l10n.t('Show Contacts');
      const chosen = await showInformationMessage(l10n.t('Contacts are masked, for assistants too.'), show);
      if (chosen === show) await runCommand('toggleMasking');
      return;
    }
    const [action, detail] = this.isAllowed
      ? ([
          l10n.t('Give Pseudonyms Again'),
          l10n.t('They get names, e-mail addresses, phone numbers and User IDs.'),
        ] as const)
      : ([
          l10n.t('Allow Real Contacts'),
          l10n.t(
            'Names, e-mail addresses, phone numbers and User IDs then go to the language model and to whoever runs it, until you close this window, switch the app or mask contacts. Each reading is still asked for.',
          ),
        ] as const);
    const app = singleLine(connection.name, 80);
    const chosen = await askModally(
      this.isAllowed
        ? l10n.t('Assistants get real contacts of the leads of “{0}”.', app)
        : l10n.t('May assistants get real contacts of the leads of “{0}”, in place of pseudonyms?', app),
      detail,
      action,
    );
    if (chosen !== action || !isSameApp(current.connection, connection)) return;
    this.allowed = this.isAllowed ? undefined : connection;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private get isAllowed(): boolean {
    return isSameApp(this.allowed, this.parts.current.connection);
  }
}
