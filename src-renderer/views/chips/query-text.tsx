import { Fragment } from 'react'
import type { ReactElement } from 'react'
import { clock } from '../../parts/format.ts'
import { queryParts } from '../../state/query-parts.ts'
import type { QueryPart } from '../../state/query-parts.ts'
import { LikePicture } from './like-picture.tsx'
import './query-text.css'

type LikePart = QueryPart & { readonly kind: 'like' }

/** The pictures that a query is like, in the order in which they are written. */
const likesOf = (text: string): readonly LikePart[] => queryParts(text).filter((part) => part.kind === 'like')

/** Whether a query is not for reading as it is written: it holds ids. */
export const hasPictures = (text: string): boolean => text.includes('like:') && likesOf(text).length > 0

const Liked = ({ part }: { readonly part: LikePart }): ReactElement => {
  const { reference, negative } = part.like
  return (
    <span className="query-like">
      {negative && '−'}
      <LikePicture reference={reference} />
      {reference.kind === 'frame' && clock(reference.seconds)}
    </span>
  )
}

/** A query for the eye: where a picture is searched for, the picture and its time, not its id. */
export const QueryText = ({ text }: { readonly text: string }): ReactElement => {
  if (!hasPictures(text)) return <span className="query-words">{text}</span>
  const likes = likesOf(text)
  return (
    <span className="query-text">
      {likes.map((part, index) => (
        <Fragment key={part.start}>
          <span>{text.slice(likes[index - 1]?.end ?? 0, part.start).trim()}</span>
          <Liked part={part} />
        </Fragment>
      ))}
      <span>{text.slice(likes.at(-1)?.end ?? 0).trim()}</span>
    </span>
  )
}
