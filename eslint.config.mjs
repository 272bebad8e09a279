import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The rooms of the features: none may import another, they meet in `extension.ts` or through a command. */
const features = ['account', 'tree', 'search', 'card', 'documents', 'export', 'views', 'filter'];

const noVscode = { name: 'vscode', message: 'This room runs without VS Code: hand it what it needs.' };
const noNode = { group: ['node:*'], message: 'This must also run in a web worker: no Node modules.' };
const noFeature = (names) => ({
  regex: `^(\\.\\./)+(${names.join('|')})/`,
  message: 'A feature room does not import another: meet in extension.ts or through a command.',
});
const restrict = (paths, patterns) => ({ 'no-restricted-imports': ['error', { paths, patterns }] });

export default defineConfig(
  { ignores: ['dist/**', 'test/vscode/node_modules/**', 'test/vscode/.cache/**', 'test/ui/failures/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'src/card/page/tsconfig.json', 'test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      'max-lines': ['error', { max: 300 }],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-console': 'error' } },
  {
    files: ['src/dashly/**/*.ts'],
    rules: restrict([noVscode], [noNode, noFeature(['leads', 'sample', 'editor', ...features])]),
  },
  { files: ['src/leads/**/*.ts'], rules: restrict([noVscode], [noNode, noFeature(['sample', 'editor', ...features])]) },
  { files: ['src/sample/**/*.ts'], rules: restrict([noVscode], [noNode, noFeature(['leads', 'editor', ...features])]) },
  {
    files: ['src/sample/{server,main}.ts'],
    rules: { 'no-console': 'off', ...restrict([noVscode], [noFeature(['leads', 'editor', ...features])]) },
  },
  ...features.map((feature) => ({
    files: [`src/${feature}/**/*.ts`],
    rules: restrict([], [noNode, noFeature(features.filter((other) => other !== feature))]),
  })),
  // Local files: Node's modules are loaded when one is written, and only where there are any.
  {
    files: ['src/export/localTarget.ts', 'src/export/exportLock.ts'],
    rules: restrict([noVscode], [noFeature(features.filter((other) => other !== 'export'))]),
  },
  {
    files: ['src/export/formats/**/*.ts', 'src/card/protocol.ts', 'src/card/page/**/*.ts'],
    rules: restrict([noVscode], [noNode]),
  },
  { files: ['src/editor/**/*.ts'], rules: restrict([], [noNode, noFeature(features)]) },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
