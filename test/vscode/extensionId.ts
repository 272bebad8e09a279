import { name, publisher } from '../../package.json';

/** The extension's id, of the publisher and the name in the manifest, which is the only place where they stand. */
export const extensionId = `${publisher}.${name}`;
