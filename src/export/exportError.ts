import * as l10n from '@vscode/l10n';
import { HumanError } from '../dashly/errors';

export type ExportErrorKind =
  'diskFull' | 'targetGone' | 'noPermission' | 'badTarget' | 'tooLarge' | 'notResumable' | 'busy' | 'heldOpen' | 'file';

/** Why a file could not be written, in one sentence that may be shown. */
export class ExportError extends HumanError {
  override readonly name = 'ExportError';

  /** @param code the file system's, for the log */
  constructor(
    readonly kind: ExportErrorKind,
    message: string,
    code = '',
  ) {
    super(message, `${message} ${code}`.trim());
  }
}

const noPermission = l10n.t('You may not write there: export to another place, or change the permissions and resume.');
export const heldOpen = l10n.t(
  'Another program, such as Excel, holds the file open: close it there, then resume the export.',
);
const tooLong = l10n.t(
  'The name is too long for this file system, which needs room for “.dashly-export” behind it: choose a shorter one.',
);

const folderGone = l10n.t('The folder of the export is gone: export again to another place.');
const isFolder = l10n.t('There is a folder with that name: export under another one.');

/** By the code of an error of Node's file system, and of VS Code's `FileSystemError`. */
const sentences: Readonly<Record<string, readonly [ExportErrorKind, string]>> = {
  ENOSPC: ['diskFull', l10n.t('The disk is full: free some space, then resume the export.')],
  EDQUOT: ['diskFull', l10n.t('The disk quota is used up: free some space, then resume the export.')],
  EFBIG: ['diskFull', l10n.t('The file system allows no larger file: export to another place or fewer properties.')],
  ENOENT: [
    'targetGone',
    l10n.t('The folder or the partial file of the export is gone: bring it back and resume, or export again.'),
  ],
  ENOTDIR: ['targetGone', folderGone],
  EISDIR: ['badTarget', isFolder],
  ENAMETOOLONG: ['badTarget', tooLong],
  EACCES: ['noPermission', noPermission],
  EPERM: ['noPermission', noPermission],
  EROFS: ['noPermission', l10n.t('The disk cannot be written to: export to another place.')],
  EBUSY: ['heldOpen', heldOpen],
  FileNotFound: ['targetGone', folderGone],
  FileNotADirectory: ['targetGone', folderGone],
  FileIsADirectory: ['badTarget', isFolder],
  NoPermissions: ['noPermission', l10n.t('You may not write there: export to another place.')],
  Unavailable: ['file', l10n.t('The place of the file cannot be reached: try again later, or export to another one.')],
};

/** Does something with files; errors of the file system come as `ExportError`. */
export async function withFileErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HumanError || !(error instanceof Error) || !('code' in error)) {
      throw error;
    }
    const code = String(error.code);
    const unknown = l10n.t('The file could not be written ({0}): try again, or export to another place.', code);
    const [kind, sentence] = sentences[code] ?? ['file', unknown];
    throw new ExportError(kind, sentence, code);
  }
}
