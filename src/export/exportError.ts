export type ExportErrorKind = 'diskFull' | 'targetGone' | 'noPermission' | 'tooLarge' | 'notResumable' | 'busy' | 'file';

/** Why a file could not be written, in one sentence that may be shown. */
export class ExportError extends Error {
  override readonly name = 'ExportError';

  constructor(readonly kind: ExportErrorKind, message: string, readonly detail = '') {
    super(message);
  }
}

const sentences: Readonly<Record<string, readonly [ExportErrorKind, string]>> = {
  ENOSPC: ['diskFull', 'The disk is full: free some space, then resume the export.'],
  EDQUOT: ['diskFull', 'The disk quota is used up: free some space, then resume the export.'],
  EFBIG: ['diskFull', 'The file system allows no larger file: export to another place or fewer properties.'],
  ENOENT: ['targetGone', 'The folder or the partial file of the export is gone: bring it back and resume, or export again.'],
  ENOTDIR: ['targetGone', 'The folder of the export is gone: export again to another place.'],
  EISDIR: ['targetGone', 'There is a folder with the name of the target now: export again under another name.'],
  EACCES: ['noPermission', 'You may not write there: export to another place, or change the permissions and resume.'],
  EPERM: ['noPermission', 'You may not write there: export to another place, or change the permissions and resume.'],
  EROFS: ['noPermission', 'The disk cannot be written to: export to another place.'],
  EBUSY: ['noPermission', 'Another program holds the target open: close it there, then resume the export.'],
};

/** An error of the file system as one sentence; other errors as they are. */
export function fileError(error: unknown): unknown {
  if (error instanceof ExportError || !(error instanceof Error) || !('code' in error) || 'kind' in error) {
    return error;
  }
  const code = String(error.code);
  const [kind, sentence] = sentences[code] ?? ['file', `The file could not be written (${code}): try again, or export to another place.`];
  return new ExportError(kind, sentence, code);
}

/** Does something with files; errors of the file system come as `ExportError`. */
export async function withFileErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error);
  }
}
