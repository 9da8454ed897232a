import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/** The doors: a technology may be imported in the named files only (docs: README, "The house"). */
const doors = [
  { name: 'electron', allow: ['src-main/shell/**', 'src-main/app.ts', 'src-preload/index.ts'] },
  { name: 'better-sqlite3', allow: ['src-main/catalog/database.ts'] },
  { name: 'usearch', allow: ['src-main/catalog/segment-graph.ts'] },
  { name: 'onnxruntime-node', allow: ['src-main/foundation/onnx-session.ts'] },
]

const closed = (file) =>
  doors
    .filter((door) => !door.allow.includes(file))
    .map((door) => ({ name: door.name, message: `Only in ${door.allow.join(', ')}.` }))

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/prefer-literal-enum-member': 'off',
      '@typescript-eslint/dot-notation': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
      ],
      'no-restricted-imports': ['error', { paths: closed('') }],
    },
  },
  ...doors.map((door) => ({
    files: door.allow,
    rules: {
      'no-restricted-imports': ['error', { paths: closed('').filter((path) => path.name !== door.name) }],
    },
  })),
  {
    files: ['test/**/*.{ts,tsx}', 'resources/**/*.ts'],
    rules: {
      'no-console': 'off',
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
)
