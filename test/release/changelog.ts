/** The repository's page, to which the links at the end of a changelog lead. */
export type RepositoryPage = string;

/** A version as it is released: no word behind the numbers, which the stores do not take. */
const version = /^(\d+)\.(\d+)\.(\d+)$/;

/** Whether one version comes after the other. @throws Error when one of them is no version of three numbers */
export function isNewer(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => {
    const numbers = version.exec(text)?.slice(1).map(Number);
    if (!numbers) throw new Error(`“${text}” is no version of three numbers, such as 0.2.0.`);
    return numbers;
  }) as [number[], number[]];
  const place = left.findIndex((number, index) => number !== right[index]);
  return place >= 0 && left[place]! > right[place]!;
}

/**
 * What a changelog in the form of *Keep a Changelog* says of a version, without its heading.
 * @returns undefined when it has no such section; a text that may be empty otherwise
 */
export function notesOf(changelog: string, name: string): string | undefined {
  const heading = `## [${name}]`;
  const sections = changelog.replace(/\n\[[^\]\n]+\]: [^]*$/, '\n').split(/^(?=## )/m);
  const section = sections.find((one) => one.startsWith(heading));
  return section?.slice(section.indexOf('\n') + 1).trim();
}

/**
 * The changelog with what is unreleased under a version of its own.
 * @param date `YYYY-MM-DD` @param before the version that was released last
 * @throws Error when there is nothing unreleased, or the version stands there already
 */
export function releasedChangelog(
  changelog: string,
  release: { readonly version: string; readonly date: string; readonly before: string; readonly page: RepositoryPage },
): string {
  const { version: name, date, before, page } = release;
  if (notesOf(changelog, name) !== undefined) throw new Error(`CHANGELOG.md has a section ${name} already.`);
  if (!notesOf(changelog, 'Unreleased')) throw new Error('CHANGELOG.md says nothing under Unreleased.');
  const unreleased = `[Unreleased]: ${page}/compare/v${name}...HEAD`;
  const released = `[${name}]: ${page}/compare/v${before}...v${name}`;
  return changelog
    .replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${name}] - ${date}\n`)
    .replace(/^\[Unreleased\]: .*$/m, `${unreleased}\n${released}`);
}
