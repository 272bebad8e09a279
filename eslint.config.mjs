import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The folders of the features: none imports another, they meet in `extension.ts`, in `features.ts` or through a command. */
const features = [
  'account',
  'tree',
  'search',
  'card',
  'code',
  'documents',
  'export',
  'views',
  'filter',
  'masking',
  'online',
  'explore',
  'assistant',
  'links',
];

const noVscode = { name: 'vscode', message: 'This folder runs without VS Code: hand it what it needs.' };
const noNode = { group: ['node:*'], message: 'This must also run in a web worker: no Node modules.' };
const noFeature = (names) => ({
  regex: `^(\\.\\./)+(${names.join('|')})/`,
  message: 'An arrow points the wrong way: see docs/architecture.md.',
});
const restrict = (paths, patterns) => ({ 'no-restricted-imports': ['error', { paths, patterns }] });

/** In these VS Code reads links and icons out of text: `src/editor/window.ts` has them for plain text. */
const bareWindow = {
  selector:
    "MemberExpression[object.property.name='window'][property.name=/^(show(Error|Warning|Information)Message|showInputBox|createInputBox|showQuickPick|createQuickPick|setStatusBarMessage|withProgress)$/]",
  message: 'Text of strangers could become a link or an icon: take the function of src/editor/window.ts.',
};

const bareMarkdown = {
  selector: "NewExpression[callee.property.name='MarkdownString']",
  message: 'Addresses in the text of strangers become links: take `plainMarkdown` of src/editor/window.ts.',
};

/** `esbuild.mjs` requires VS Code's API as it is where it is imported as a whole; else it copies all of it. */
const partOfVscode = {
  selector: "ImportDeclaration[source.value='vscode'][importKind='value'] > ImportSpecifier",
  message: "Import VS Code's API as a whole: import * as vscode from 'vscode'.",
};

/** Of the service's words in an error `Masking` decides. */
const bareSentence = {
  selector: "ImportSpecifier[imported.name='errorSentence']",
  message: 'While contacts are masked the service’s words are not shown: take `masking.errorSentence`.',
};
/** Names of keys, headers and the like: the only single words with a capital that nobody reads. */
const codeWords = 'Enter|Escape|Home|End|Tab|Delete|Space|Authorization|Error|Dashly';
const productNames = 'Dashly Leads|Carrot quest|VS Code';
const notForPeople = [
  "CallExpression[callee.object.name='l10n'] > *",
  "CallExpression[callee.object.property.name='l10n'] > *",
  "CallExpression[callee.object.name='l10n'] > TemplateLiteral > *",
  "CallExpression[callee.object.name='l10n'] > ObjectExpression > Property > *",
  "CallExpression[callee.name='plural'] > *",
  // The log is read by whoever mends the extension, and so are errors that no person is shown.
  'CallExpression[callee.object.name=/log$/i] *',
  'CallExpression[callee.object.property.name=/log$/i] *',
  "CallExpression[callee.property.name='log'] *",
  'NewExpression[callee.name=/^(Type|Syntax|Malformed)?Error$/] *',
  'Property[key.name=/^class(Name)?$/] *',
  // CSS selectors.
  'VariableDeclarator[id.name=/Selector$/] > *',
  'CallExpression[callee.property.name=/^(querySelector(All)?|closest|matches)$/] > *',
  'CallExpression[callee.property.name=/^(querySelector(All)?|closest|matches)$/] > TemplateLiteral > *',
  'TSLiteralType > *',
  'ImportDeclaration > *',
].join(', ');
const unlocalized = [
  `Literal[value=/[A-Za-z]{2,}[,.:;]? [A-Za-z“{]/][value!=/^(${productNames})$/]`,
  'TemplateElement[value.raw=/[A-Za-z]{2,}[,.:;]? | [A-Za-z]{2,}/]',
  `Literal[value=/^(?!(${codeWords})$)[A-Z][a-z]{2,}…?$/]`,
].map((text) => ({
  selector: `${text}:not(${notForPeople})`,
  message: 'People read this in their language: l10n.t(…) of @vscode/l10n, and plural(…) where a number decides.',
}));
/** @param selectors what a folder refuses besides texts that are not localized */
const syntax = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors, ...unlocalized] });

/** Where no lead is asked for yet, and what the rule itself is made of. */
const sentences = ['src/account/connectApp.ts', 'src/leads/masking.ts'];

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
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      'no-console': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-console': 'error' } },
  { files: ['src/**/*.ts'], rules: syntax(bareWindow, bareMarkdown, bareSentence, partOfVscode) },
  { files: ['src/editor/**/*.ts'], rules: syntax(bareSentence, partOfVscode) },
  { files: sentences, rules: syntax(bareWindow, bareMarkdown, partOfVscode) },
  // English: the sample service, what language models read, and a schema of the manifest; no text: a page's markup.
  {
    files: [
      'src/sample/**/*.ts',
      'src/assistant/{agreements,answer,filterInput,index,input,leadData,notes,tools}.ts',
      'src/filter/filterSchema.ts',
      'src/editor/webviewHtml.ts',
      'src/browser.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', bareWindow, bareMarkdown, bareSentence, partOfVscode] },
  },
  {
    files: ['src/dashly/**/*.ts'],
    rules: restrict([noVscode], [noNode, noFeature(['leads', 'crawl', 'sample', 'editor', ...features])]),
  },
  {
    files: ['src/leads/**/*.ts'],
    rules: restrict([noVscode], [noNode, noFeature(['crawl', 'sample', 'editor', ...features])]),
  },
  { files: ['src/crawl/**/*.ts'], rules: restrict([noVscode], [noNode, noFeature(['sample', 'editor', ...features])]) },
  {
    files: ['src/sample/**/*.ts'],
    rules: restrict([noVscode], [noNode, noFeature(['leads', 'crawl', 'editor', ...features])]),
  },
  ...features.map((feature) => ({
    files: [`src/${feature}/**/*.ts`],
    rules: restrict([], [noNode, noFeature(features.filter((other) => other !== feature))]),
  })),
  // Local files: Node's modules are loaded when one is written, and only where there are any.
  {
    files: ['src/export/localTarget.ts', 'src/export/exportLock.ts', 'src/export/besideFiles.ts'],
    rules: restrict([noVscode], [noFeature(features.filter((other) => other !== 'export'))]),
  },
  {
    files: ['src/export/formats/**/*.ts', 'src/{card,explore}/{protocol.ts,page/**/*.ts}', 'src/card/shownCard.ts'],
    rules: restrict([noVscode], [noNode]),
  },
  {
    files: ['src/webview/**/*.ts'],
    rules: restrict([noVscode], [noNode, noFeature(['crawl', 'sample', 'editor', ...features])]),
  },
  { files: ['src/editor/**/*.ts'], rules: restrict([], [noNode, noFeature(features)]) },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
