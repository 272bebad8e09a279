import * as esbuild from 'esbuild';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '../vscode/browser';
import { waitUntil } from '../vscode/condition';
import { projectFolder, vsixFile } from '../vscode/folders';
import { packageExtension } from '../vscode/package';
import { openWorkbench, startSession, stopSession } from '../vscode/session';
import { connectApp, serveApp } from '../ui/helpers/servedApp';
import type { BenchResult, Benchmark } from './result';

const repetitions = 30;
const warmUps = 3;
const names = Array.from({ length: repetitions + warmUps }, (_, index) => `Bench ${String(index).padStart(2, '0')}`);
/** What is on a card and, as text, in a Markdown file. */
const facts = Array.from({ length: 40 }, (_, index): [string, string] => [
  `property_${index}`,
  `The value of property ${index}`,
]);

/** Click on a row to painted card, against click on a file to painted Markdown preview; and the bytes of the card. */
const benchmark: Benchmark = async () => {
  await packageExtension();
  await startSession(vsixFile);
  try {
    return [await clickToPaint(), ...(await bytes())];
  } finally {
    await stopSession();
  }
};

async function clickToPaint(): Promise<BenchResult> {
  const served = await serveApp({ seed: 1, leads: 100 });
  const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-bench-'));
  for (const [index, name] of names.entries()) {
    const seen = new Date(Date.now() + (names.length - index) * 1000).toISOString().slice(0, 19);
    served.app.add({ $name: name, $email: 'bench@example.com', $last_seen: seen, ...Object.fromEntries(facts) });
    const rows = facts.map(([property, value]) => `| ${property} | ${value} |`);
    await writeFile(
      join(folder, `${name}.md`),
      `# ${name}\n\nbench@example.com\n\n| Name | Value |\n| --- | --- |\n${rows.join('\n')}\n`,
    );
  }
  const workbench = await openWorkbench({
    folder,
    // High enough for all rows to be in sight: scrolling is not to be measured.
    size: { width: 1280, height: 1300 },
    settings: {
      'workbench.editorAssociations': { '*.md': 'vscode.markdown.preview.editor' },
      'dashlyLeads.card.refreshInterval': 0,
    },
  });
  try {
    const clock = new PaintClock(workbench.page);
    await clock.install();
    await workbench.reload();
    await connectApp(workbench, served);
    const card = await clock.median((name) => workbench.leads.select(workbench.leads.row(name)));
    await workbench.closeEditors();
    await workbench.runCommand('View: Show Explorer');
    const files = workbench.page.locator('.explorer-folders-view .monaco-list-row');
    const markdown = await clock.median((name) => files.filter({ hasText: `${name}.md` }).click());
    console.log(`  card ${card.toFixed(0)} ms, Markdown preview ${markdown.toFixed(0)} ms`);
    const ratio = card / markdown;
    return {
      name: 'Card: click on a row to painted card, warm, against the built-in Markdown preview (median of 30)',
      value: ratio,
      unit: 'times',
      goal: '≤ 1',
      met: ratio <= 1,
    };
  } finally {
    await workbench.close();
    await served.server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** When a heading was painted in a frame that stays, by its text. */
type Painted = Record<string, number>;

/** Measures inside the pages themselves, by the one clock all frames share, so that the driver's own time is not in it. */
class PaintClock {
  private clicked = 0;

  constructor(private readonly page: Page) {}

  /** From the next load of the page on it tells when it was clicked. */
  async install(): Promise<void> {
    this.page.on('console', (message) => {
      const [, time] = /^bench clicked ([\d.]+)$/.exec(message.text()) ?? [];
      if (time !== undefined) this.clicked = Number(time);
    });
    await this.page.addInitScript(() => {
      if (window !== window.top) return;
      window.addEventListener(
        'mousedown',
        () => console.log(`bench clicked ${performance.timeOrigin + performance.now()}`),
        true,
      );
    });
  }

  /** Opens each name once; the first few only warm up. @returns the median from click to paint in ms */
  async median(open: (name: string) => Promise<void>): Promise<number> {
    const times: number[] = [];
    for (const name of names) {
      const painted = await waitUntil(
        `${name} is opened`,
        async () => {
          // Just after the tree was painted anew VS Code may not know a row's command: then once more.
          await open(name);
          return waitUntil(`${name} is painted`, () => this.painted(name), 4000);
        },
        30_000,
      );
      times.push(painted - this.clicked);
    }
    const measured = times.slice(warmUps).sort((a, b) => a - b);
    return ((measured[repetitions / 2 - 1] ?? 0) + (measured[repetitions / 2] ?? 0)) / 2;
  }

  /** When the heading was painted: as a frame that stays has noted, else the first paint of a new frame. */
  private async painted(name: string): Promise<number | undefined> {
    for (const frame of this.page.frames()) {
      const time = await frame.evaluate(notePaint, name).catch(() => undefined);
      if (time !== undefined) return time;
    }
    return undefined;
  }
}

/**
 * Runs in a frame: from its first call on it notes when each new heading was painted. No function in it has a name,
 * because the compiler marks named ones by a helper that a page does not have.
 */
function notePaint(name: string): number | undefined {
  const noted = window as unknown as { painted?: Painted };
  const heading = document.querySelector('h1')?.textContent ?? '';
  if (!heading.startsWith('Bench')) return undefined;
  if (!noted.painted) {
    const painted: Painted = (noted.painted = {});
    const first = performance.getEntriesByName('first-contentful-paint')[0];
    if (!first) {
      delete noted.painted;
      return undefined;
    }
    painted[heading] = performance.timeOrigin + first.startTime;
    new MutationObserver(() => {
      const shown = document.querySelector('h1')?.textContent ?? '';
      // A task queued in an animation frame runs after that frame was painted.
      requestAnimationFrame(() => setTimeout(() => (painted[shown] ??= performance.timeOrigin + performance.now())));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }
  return noted.painted[name];
}

async function bytes(): Promise<BenchResult[]> {
  const sizes = ['page', 'card'].map(async (name) => (await stat(join(projectFolder, `media/${name}.css`))).size);
  const style = (await Promise.all(sizes)).reduce((sum, size) => sum + size);
  const [whole, own] = await Promise.all([scriptBytes(false), scriptBytes(true)]);
  const figure = (name: string, value: number): BenchResult => ({
    name,
    value,
    unit: 'bytes',
    goal: 'told',
    met: true,
  });
  return [
    figure('Card: script and style', whole + style),
    figure('Card: script and style without the toolkit', own + style),
  ];
}

/** Size of the page's script, built as for the package. */
async function scriptBytes(withoutToolkit: boolean): Promise<number> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: projectFolder,
    entryPoints: ['src/card/page/main.ts'],
    tsconfig: 'src/card/page/tsconfig.json',
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    ...(withoutToolkit && {
      external: ['@vscode/webview-ui-toolkit'],
      logOverride: { 'unsupported-require-call': 'silent' as const },
    }),
  });
  return outputFiles[0]?.contents.length ?? 0;
}

export default benchmark;
