import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { filmAddress } from '../api/media.ts'
import { FramePicture, Poster } from './frame-picture.tsx'
import { engineOffset } from './film-clock.ts'

type PictureProps = { readonly base: string; readonly card: VideoCard; readonly moment: Moment }

/** Nobody sees a difference in so short a time, in seconds. */
const sameInstant = 0.1

/** The moment's picture: its best frame. */
export const MomentPicture = ({ base, card, moment }: PictureProps): ReactElement | null => {
  if (card.pictures === null) return null
  const { poster } = card.pictures
  // A film that is named so begins somewhere, mostly in black; its poster says more.
  const isNamed = moment.reasons.length > 0 && moment.reasons.every(({ kind }) => kind === 'named')
  const isPoster = isNamed || Math.abs(poster.time - moment.peak) < sameInstant
  return isPoster ? (
    <Poster base={base} card={card} />
  ) : (
    <FramePicture base={base} card={card} seconds={moment.peak} start={moment.start} end={moment.end} />
  )
}

/** A pointer that only passes by starts nothing, in milliseconds. */
const restMilliseconds = 350

/** Plays the moment without sound, around and around, while it is pointed at; nothing where motion is unwanted. */
export const MomentPreview = ({ base, card, moment }: PictureProps): ReactElement | null => {
  const [isMeant, setMeant] = useState(false)
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const timer = setTimeout(() => setMeant(true), restMilliseconds)
    return () => clearTimeout(timer)
  }, [])
  if (!isMeant || !card.online) return null
  const start = (video: HTMLVideoElement): void => {
    video.currentTime = moment.start + engineOffset(card, video.duration)
    // What cannot be played stays the still picture that it is.
    video.play().catch(() => undefined)
  }
  return (
    <video
      className={isShown ? 'moment-preview moment-preview-on' : 'moment-preview'}
      src={filmAddress(base, card.id)}
      muted
      playsInline
      preload="auto"
      aria-hidden
      tabIndex={-1}
      onLoadedMetadata={({ currentTarget: video }) => start(video)}
      onPlaying={({ currentTarget: video }) => setShown(video.videoWidth > 0)}
      onEnded={({ currentTarget: video }) => start(video)}
      onTimeUpdate={({ currentTarget: video }) => {
        if (video.currentTime - engineOffset(card, video.duration) > moment.end) start(video)
      }}
    />
  )
}
