/*
 * A private authority in the system's store of certificates, as far as VS Code is concerned, on a machine that stays as it
 * is. VS Code 1.139 reads the store as OpenSSL does, which heeds SSL_CERT_FILE. 1.105 reads files under /etc, and lets
 * tests in its extension host add to what it found.
 */
import { globalAgent } from 'node:https';

/**
 * @param file the authority's certificate, PEM
 * @returns variables for the environment in which VS Code is started
 */
export function systemAuthorityVariables(file: string): Record<string, string> {
  return { SSL_CERT_FILE: file };
}

/**
 * To be called in the extension host of a test, before the first request: VS Code reads certificates once.
 * @param certificate of the authority, PEM
 */
export function trustSystemAuthority(certificate: string): void {
  Object.assign(globalAgent, { testCertificates: [certificate] });
}
