/*
 * A file of its own, because activation and code that runs without VS Code need it.
 */

/** The scheme of leads as documents. VS Code activates the extension for it (`onFileSystem:` in the manifest). */
export const leadScheme = 'dashly-lead';

/** The scheme of the view's filter as a document; likewise. */
export const filterScheme = 'dashly-leads-filter';
