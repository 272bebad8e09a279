import type * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { ownApp, parseAddress } from '../dashly/address';
import { errorSentence } from '../dashly/errors';
import { back, inputStep, pickStep } from '../editor/steps';
import {
  type Account,
  accountKey,
  appIdProblem,
  defaultName,
  knownServices,
  serviceTitle,
  tokenProblem,
} from './account';

/** An app that answered to a token. */
export interface ConnectedApp {
  readonly account: Account;
  /** Trimmed. */
  readonly token: string;
  /** How many leads the app has. */
  readonly leads: number;
}

/** Asks the service how many leads the app has, with one request; rejects with a `DashlyError` when it refuses. */
export type TryToken = (account: Account, token: string, signal: AbortSignal) => Promise<number>;

const title = l10n.t('Connect an App');

/**
 * Asks, step by step, for service, app and token, and tries the token before it gives anything.
 * @param known accounts that exist already: connecting one of them again replaces its token, which is said
 * @returns undefined when the person left
 */
export async function askForApp(known: readonly Account[], tryToken: TryToken): Promise<ConnectedApp | undefined> {
  let address: string = knownServices[0].address;
  let app: string = ownApp;
  let typed = false;
  let step: 'service' | 'address' | 'app' | 'token' = 'service';
  for (;;) {
    const totalSteps = typed ? 4 : 3;
    if (step === 'service') {
      const service = await askForService(typed ? undefined : address, totalSteps);
      if (service === undefined || service === back) return undefined;
      typed = service === '';
      if (!typed) address = service;
      step = typed ? 'address' : 'app';
    } else if (step === 'address') {
      const answer = await askForAddress(address, totalSteps);
      if (answer === undefined) return undefined;
      if (answer === back) step = 'service';
      else {
        address = answer;
        step = 'app';
      }
    } else if (step === 'app') {
      const answer = await askForAppId(address, app, known, totalSteps);
      if (answer === undefined) return undefined;
      if (answer === back) step = typed ? 'address' : 'service';
      else {
        app = answer;
        step = 'token';
      }
    } else {
      const account = known.find((one) => accountKey(one) === accountKey({ address, app }));
      const answer = await askForToken(account ?? { address, app, name: defaultName({ address, app }) }, tryToken, {
        title,
        step: totalSteps,
        totalSteps,
      });
      if (answer !== back) return answer;
      step = 'app';
    }
  }
}

/**
 * Asks for the token of a known account, in one box, and tries it.
 * @returns undefined when the person left
 */
export async function askForNewToken(account: Account, tryToken: TryToken): Promise<ConnectedApp | undefined> {
  const answer = await askForToken(account, tryToken, { title: l10n.t('Replace the Token of {0}', account.name) });
  return answer === back ? undefined : answer;
}

function askForToken(
  account: Account,
  tryToken: TryToken,
  step: { title: string; step?: number; totalSteps?: number },
) {
  return inputStep<ConnectedApp>({
    ...step,
    prompt: l10n.t(
      'The API token of the app. It is made in the admin panel under Settings → Developers → API keys. It is sent to {0} only.',
      account.address,
    ),
    placeholder: l10n.t('API token'),
    password: true,
    problem: tokenProblem,
    accept: async (text, signal) => {
      const token = text.trim();
      return { account, token, leads: await tryToken(account, token, signal) };
    },
    explain: errorSentence,
  });
}

/** @returns a known service's address, or '' for another one */
async function askForService(
  current: string | undefined,
  totalSteps: number,
): Promise<string | typeof back | undefined> {
  const items: (vscode.QuickPickItem & { address: string })[] = [
    ...knownServices.map((service) => ({
      label: service.title,
      description: service.address,
      address: service.address,
    })),
    {
      label: l10n.t('Another Address…'),
      description: l10n.t('a regional or own address of the service'),
      address: '',
    },
  ];
  const active = items.find((item) => item.address === (current ?? ''));
  const chosen = await pickStep({
    title,
    step: 1,
    totalSteps,
    placeholder: l10n.t('Which service is the app on?'),
    items,
    active,
  });
  return typeof chosen === 'object' ? chosen.address : chosen;
}

function askForAddress(current: string, totalSteps: number) {
  return inputStep<string>({
    title,
    step: 2,
    totalSteps,
    prompt: l10n.t('Address of the service. The token will be sent there.'),
    placeholder: 'https://api.example.com',
    value: knownServices.some((service) => service.address === current) ? '' : current,
    problem: (text) => {
      const checked = parseAddress(text);
      return 'problem' in checked ? checked.problem : undefined;
    },
    accept: (text) => {
      const checked = parseAddress(text);
      return 'address' in checked ? checked.address : text;
    },
  });
}

function askForAppId(address: string, current: string, known: readonly Account[], totalSteps: number) {
  return inputStep<string>({
    title,
    step: totalSteps - 1,
    totalSteps,
    prompt: l10n.t(
      'App id; {0} is the app the token belongs to. The id stands in the admin panel under Settings → Developers.',
      ownApp,
    ),
    value: current,
    problem: appIdProblem,
    remark: (text) => {
      const app = text.trim();
      if (!known.some((account) => accountKey(account) === accountKey({ address, app }))) return undefined;
      const again = l10n.t('This app of {0} is connected already: going on replaces its token.', serviceTitle(address));
      return app === ownApp ? `${again} ${l10n.t('For another app, type its id.')}` : again;
    },
    accept: (text) => text.trim(),
  });
}
