import { dayAt } from '../dashly/dates';
import { isDeviceName } from '../leads/text';

/**
 * Letters of one alphabet take up to four bytes each, and a file system has room for 255 with what stands beside a target.
 */
const longestAppName = 40;

/**
 * The name that is proposed for an export: of the app, and of the day where the person is.
 * @param extension without a dot
 * @param now ms since 1970
 * @param timeZone where the person is, as an IANA name; this machine's own zone when left out
 */
export function proposedFileName(appName: string, extension: string, now: number, timeZone?: string): string {
  const words = Array.from(appName.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-'))
    .slice(0, longestAppName)
    .join('');
  const app = words.replace(/^[-\p{M}]+|-+$/gu, '');
  return `${app === '' || isDeviceName(app) ? '' : `${app}-`}leads-${dayAt(now, timeZone)}.${extension}`;
}
