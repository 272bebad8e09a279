import type { Certificate } from '../../service/certificates';

/** The environment variable by which the runner hands certificates to the tests, as JSON. */
export const certificatesVariable = 'DASHLY_LEADS_TEST_CERTIFICATES';

/** A name that no DNS knows, only a proxy. */
export const hiddenHost = 'api.leads.test';

/** 127.0.0.1 and `localhost` are special to VS Code, other addresses of loopback are not. */
export const relayHost = '127.0.0.2';

/** Certificates of services, by who vouches for them. */
export interface Certificates {
  /** An authority in what stands for the system's store of certificates. */
  readonly system: Certificate;
  /** An authority that only `NODE_EXTRA_CA_CERTS` names. */
  readonly extra: Certificate;
  /** Nobody. */
  readonly selfSigned: Certificate;
  /** The certificate of the first authority, as PEM. */
  readonly systemAuthority: string;
}
