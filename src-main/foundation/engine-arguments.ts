import { parseArgs } from 'node:util'

/** What an engine is started with: `--library DIR`. Throws on anything else: only Kinora starts engines. */
export const engineArguments = (argv: readonly string[]): { readonly library: string } => {
  const { values } = parseArgs({ args: [...argv], options: { library: { type: 'string' } } })
  if (values.library === undefined) throw new Error('an engine needs --library DIR')
  return { library: values.library }
}
