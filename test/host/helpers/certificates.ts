import type { Certificate } from '../../service/certificates';

/** The environment variable by which the runner hands certificates to the tests, as JSON. */
export const certificatesVariable = 'DASHLY_LEADS_TEST_CERTIFICATES';

/** A name that no DNS knows, only a proxy. */
export const hiddenHost = 'api.leads.test';

/** 127.0.0.1 and `localhost` are special to VS Code, other addresses of loopback are not. */
export const relayHost = '127.0.0.2';

export const serviceNames: readonly string[] = [relayHost, hiddenHost];

export interface Certificates {
  /** Signed by an authority that only `NODE_EXTRA_CA_CERTS` names. */
  readonly trusted: Certificate;
  readonly selfSigned: Certificate;
}
