// Which files the formatters lay out; tools/format.mjs writes them, tools/lint.mjs checks them.
import { listFiles } from './files.mjs'

export const cppFiles = () => listFiles(['src', 'tests', 'fuzz', 'bench'], ['.cpp', '.hpp'])

/** What is left out of these stands in .prettierignore. */
export const prettierGlobs = ['**/*.{ts,mjs,js,css,json}']
