/** Certificates for services on this machine, made anew each time: no key lies in the repository. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a TLS server needs, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate's name and keys. */
interface Party {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A private authority: clients trust what it signs when they are given its certificate. */
export class Authority {
  private readonly party = newParty('Private authority of a test');
  /** Its own certificate, as PEM. */
  readonly cert = pem('CERTIFICATE', certificate(this.party, this.party, [basicConstraints]));

  /** @param names of the service: host names and IPv4 addresses */
  issue(names: readonly string[]): Certificate {
    const service = newParty(names[0] ?? 'service');
    return toCertificate(service, certificate(service, this.party, [subjectAltNames(names)]));
  }
}

/** A certificate that nobody vouches for. */
export function selfSigned(names: readonly string[]): Certificate {
  const service = newParty(names[0] ?? 'service');
  return toCertificate(service, certificate(service, service, [subjectAltNames(names)]));
}

function newParty(name: string): Party {
  return { name, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}

function toCertificate({ privateKey }: Party, der: Buffer): Certificate {
  return { cert: pem('CERTIFICATE', der), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

// RFC 5280, section 4.1, written in DER (X.690).

/** One value: tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const octets = (content: Buffer): Buffer => der(0x04, content);
const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);
const integer = (content: Buffer): Buffer => der(0x02, content);
const yes = der(0x01, Buffer.from([0xff]));

const time = (at: number): Buffer => {
  const digits = new Date(at).toISOString().replace(/\D/g, '');
  return der(0x18, Buffer.from(`${digits.slice(0, 14)}Z`));
};
const commonName = objectId('550403');
const distinguishedName = (name: string): Buffer =>
  sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))));

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const basicConstraints = sequence(objectId('551d13'), yes, octets(sequence(yes)));

function subjectAltNames(names: readonly string[]): Buffer {
  const entries = names.map((name) =>
    /^[\d.]+$/.test(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  );
  return sequence(objectId('551d11'), octets(sequence(...entries)));
}

const day = 24 * 60 * 60 * 1000;

function certificate(subject: Party, issuer: Party, extensions: Buffer[]): Buffer {
  const serial = randomBytes(8);
  // A positive number, without a zero in front.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    distinguishedName(issuer.name),
    sequence(time(Date.now() - day), time(Date.now() + 30 * day)),
    distinguishedName(subject.name),
    subject.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  return sequence(toBeSigned, ecdsaWithSha256, bits(sign('sha256', toBeSigned, issuer.privateKey)));
}
