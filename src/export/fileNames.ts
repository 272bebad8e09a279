/**
 * Letters of one alphabet take up to four bytes each, and a file system has room for 255 with what stands beside a target.
 */
const longestAppName = 40;

/** What Windows takes for a device, whatever follows a dot. */
const device = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])$/i;

/**
 * The name that is proposed for an export: of the app, and of the day where the person is.
 * @param extension without a dot
 */
export function proposedFileName(appName: string, extension: string, now: Date): string {
  const words = Array.from(appName.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-'))
    .slice(0, longestAppName)
    .join('');
  const app = words.replace(/^[-\p{M}]+|-+$/gu, '');
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${app === '' || device.test(app) ? '' : `${app}-`}leads-${day}.${extension}`;
}
