import type { ReactElement } from 'react'
import { clock } from '../../parts/format.ts'
import { queryParts } from '../../state/query-parts.ts'
import type { QueryPart } from '../../state/query-parts.ts'
import { LikePicture } from '../chips/like-picture.tsx'

type LikePart = QueryPart & { readonly kind: 'like' }

const Liked = ({ part }: { readonly part: LikePart }): ReactElement => {
  const { reference, negative } = part.like
  return (
    <span className={negative ? 'shown-like shown-unlike' : 'shown-like'}>
      {negative && '−'}
      <LikePicture reference={reference} />
      {reference.kind === 'frame' && clock(reference.seconds)}
    </span>
  )
}

/**
 * The text of the box for the eye, while nobody writes in it: where a picture is searched for, the picture, not its id.
 * Null where the text is as good.
 */
export const ShownQuery = ({ text }: { readonly text: string }): ReactElement | null => {
  const likes = queryParts(text).filter((part) => part.kind === 'like')
  if (likes.length === 0) return null
  const end = likes.at(-1)?.end ?? 0
  return (
    <span className="shown-query" aria-hidden>
      {likes.map((part, index) => (
        <span key={part.start}>
          {text.slice(likes[index - 1]?.end ?? 0, part.start).trim()}
          <Liked part={part} />
        </span>
      ))}
      <span>{text.slice(end).trim()}</span>
    </span>
  )
}
