import * as l10n from '@vscode/l10n';
import { type Step, type StepName, steps } from './checkConnection';

/** Where the check ran, as lines of name and value. Values hold no secret. */
export type Surroundings = Readonly<Record<string, string>>;

const marks: Readonly<Record<Step['outcome'], string>> = {
  good: l10n.t('ok'),
  warning: l10n.t('warning'),
  failed: l10n.t('FAILED'),
  skipped: '-',
};

/** The width of the columns before what was found. */
const titleWidth = Math.max(...Object.values(steps).map((title) => title.length)) + 2;
const markWidth = Math.max(...Object.values(marks).map((mark) => mark.length)) + 2;

/** The report as a person reads it and may put into a bug report: no token, no app, no host that is not a known service's. */
export function reportText(taken: readonly Step[], surroundings: Surroundings): string {
  const names = Object.keys(steps) as StepName[];
  return [
    l10n.t('Dashly Leads: Check Connection'),
    l10n.t(
      'This text holds no token, no name of an app, no address of your own and no contacts: it can go into a bug report.',
    ),
    '',
    ...names.flatMap((name) =>
      linesOf(
        name,
        taken.find((step) => step.name === name),
      ),
    ),
    '',
    ...Object.entries(surroundings).map(([name, value]) => `${name}: ${value}`),
    '',
  ].join('\n');
}

/** What is found and, below it, what to do. */
function linesOf(name: StepName, step: Step | undefined): string[] {
  const line = (title: string, mark: string, text: string): string =>
    `${title.padEnd(titleWidth)}${mark.padEnd(markWidth)}${text}`;
  if (!step) return [line(steps[name], marks.skipped, l10n.t('not reached'))];
  const { found, milliseconds } = step;
  return [
    line(
      steps[name],
      marks[step.outcome],
      milliseconds === undefined ? found : l10n.t('{0} ({1} ms)', found, milliseconds),
    ),
    ...wrapped(step.advice ?? '').map((text, index) => line('', '', `${index === 0 ? '→' : ' '} ${text}`)),
  ];
}

/** Lines of at most 90 characters, where no word is longer. */
function wrapped(text: string): string[] {
  return text.match(/\S.{0,88}\S(?=\s|$)|\S+/g) ?? [];
}
