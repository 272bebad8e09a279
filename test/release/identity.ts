/** Who publishes an extension, and from where: as the manifest says, which is the only place where it stands. */
export interface Identity {
  readonly publisher: string;
  readonly repository: { readonly url: string };
}

/** Nobody owns these: they stand in the manifest until somebody publishes. */
const placeholders = { publisher: 'dashly-leads', owner: 'dashly-leads' };

/** What has to be replaced in the manifest before anything is published; a sentence each. */
export function identityProblems({ publisher, repository }: Identity): string[] {
  const owner = /^https:\/\/github\.com\/([\w.-]+)\/[\w.-]+?\.git$/.exec(repository.url)?.[1];
  return [
    ...(publisher === placeholders.publisher
      ? [`The publisher “${publisher}” in package.json is a placeholder: put that of your account at the stores there.`]
      : []),
    ...(owner === undefined ? ['The repository in package.json is no address of GitHub that ends with .git.'] : []),
    ...(owner === placeholders.owner
      ? ['The repository in package.json is a placeholder: put yours there, also in what is derived from it.']
      : []),
  ];
}

/** The repository's page. */
export function repositoryPage({ repository }: Identity): string {
  return repository.url.replace(/\.git$/, '');
}
