import { fail } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Collection } from '../../src-preload/contract/search-nouns.ts'
import { parsedForPeople } from '../domain/parsed-query.ts'
import { parseQuery } from '../domain/query.ts'
import type { Command_ } from './command.ts'
import { errorLine } from './lines.ts'
import { exitStatus } from './output.ts'
import type { LibraryClient } from './session.ts'

export type CollectionRequest =
  | { readonly verb: 'list' }
  | { readonly verb: 'save'; readonly name: string; readonly query: string }
  | { readonly verb: 'delete'; readonly name: string }
  | { readonly verb: 'rename'; readonly name: string; readonly to: string }

const askFor = (
  client: LibraryClient,
  request: CollectionRequest,
): Promise<Result<readonly Collection[]>> => {
  const { collections } = client.call
  switch (request.verb) {
    case 'list':
      return collections.list({})
    case 'save':
      return collections.save({ name: request.name, query: request.query })
    case 'delete':
      return collections.delete({ name: request.name })
    case 'rename':
      return collections.rename({ name: request.name, to: request.to })
  }
}

/** `collections [save NAME QUERY | delete NAME | rename NAME TO]`: each answers the collections there then are. */
export const collectionsCommand =
  (request: CollectionRequest): Command_ =>
  async ({ ask, output }) => {
    if (request.verb === 'save' && request.query.trim() === '')
      return output.failure(fail('bad-arguments', 'A collection needs a query.', ''))
    const list = await ask((client) => askFor(client, request))
    if (!list.ok) return output.failure(list)
    // It is kept as it was written: what is wrong with it is said, as it is of a search.
    const { errors } = parsedForPeople(parseQuery(request.verb === 'save' ? request.query : ''))
    output.answer({ collections: list.value, ...(request.verb === 'save' ? { errors } : {}) }, () => [
      ...errors.map(errorLine),
      ...list.value.map(({ name, query }) => `${name}\n    ${query}`),
      ...(list.value.length === 0
        ? ['There are no collections. Keep a query with: kinora collections save NAME QUERY']
        : []),
    ])
    return exitStatus.done
  }
