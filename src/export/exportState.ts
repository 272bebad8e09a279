import * as l10n from '@vscode/l10n';
import { type CrawlState, crawlState } from '../crawl/crawlState';
import { flag, list, MalformedError, object, oneOf, optional, type Shape, text, whole } from '../crawl/shape';
import type { JsonObject, JsonValue } from '../dashly/json';
import { JsonSyntaxError, parseJson } from '../dashly/jsonReader';
import { stringifyJson } from '../dashly/jsonWriter';
import { singleLine } from '../leads/text';
import { ExportError } from './exportError';
import type { FinishedFile } from './exportTarget';
import { separators } from './formats/exportFormat';
import { formatNames, type FormatOptions } from './formats/formats';

/** The app an export is of. */
export interface ExportedApp {
  /** `Connection.key` */
  readonly key: string;
  readonly name: string;
  /** See `Connection.fingerprint`. */
  readonly fingerprint: string;
}

/**
 * What an interrupted export goes on from, kept beside its partial file. Holds no token, and of contacts only what the
 * filter does, and numbers at which a list past the cap was cut: a User ID or a phone number may be one.
 */
export interface ExportState {
  readonly version: 2;
  readonly app: ExportedApp;
  readonly format: FormatOptions;
  readonly masked: boolean;
  readonly crawl: CrawlState;
  /** How much of the partial file is known to be on the disk, in bytes; whole rows. */
  readonly bytes: number;
  readonly leads: number;
  /** See `RowEncoder.kept`. */
  readonly kept?: JsonValue;
  /** The file that has all leads and is to get the target's name next. */
  readonly finished?: FinishedFile;
}

/** The largest state that is read: at two million leads one has some hundred KB. */
export const mostStateBytes = 16 * 1024 * 1024;

/** What is said of whatever is not as `stateText` writes it. */
export function unreadableState(): ExportError {
  return new ExportError(
    'notResumable',
    l10n.t('What is needed to resume this export is not as it was written: it cannot be resumed, so export again.'),
  );
}

const name = text(10_000);
/** It is shown when a person is asked about the export, and the file may come with a repository. */
const shownName: Shape<string> = (value) => singleLine(name(value), 60);

const exportState: Shape<ExportState> = object<ExportState>({
  version: oneOf(2),
  app: object<ExportedApp>({ key: name, name: shownName, fingerprint: text(200) }),
  format: object<FormatOptions>({
    format: oneOf(...formatNames),
    properties: optional(list(text(1_000_000), 1_000_000)),
    byteOrderMark: optional(flag),
    separator: optional(oneOf(...separators)),
  }),
  masked: flag,
  crawl: crawlState,
  bytes: whole,
  leads: whole,
  kept: (value) => value,
  finished: optional(object<FinishedFile>({ file: text(100), size: whole })),
});

/** A state as text; numbers of its filters digit for digit. */
export function stateText(state: ExportState): string {
  return stringifyJson({ ...state } as object as JsonObject);
}

/**
 * Reads a state.
 * @throws ExportError of the kind `notResumable` when it is not as `stateText` writes it
 */
export function parseExportState(state: string): ExportState {
  try {
    return exportState(parseJson(state));
  } catch (error) {
    if (error instanceof MalformedError || error instanceof JsonSyntaxError) {
      throw unreadableState();
    }
    throw error;
  }
}
