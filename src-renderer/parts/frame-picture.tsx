import type { ReactElement, ReactNode } from 'react'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import { frameAddress, posterAddress, spriteAddress } from '../api/media.ts'
import { nearestTime, nearestWithin } from './nearest-time.ts'
import { SharpFrame } from './sharp-frame.tsx'
import './frame-picture.css'

/** Films about as wide as the frame fill it; others keep their shape inside it. */
const fillsFrame = (ratio: number): boolean => ratio > 1.55 && ratio < 2

type TileProps = { readonly base: string; readonly card: VideoCard; readonly seconds: number }

/** The sprite's picture nearest to `seconds`, in the film's own shape; `children` lie over it. */
export const SpriteTile = ({
  base,
  card,
  seconds,
  isBlurred = false,
  children,
}: TileProps & { readonly isBlurred?: boolean; readonly children?: ReactNode }): ReactElement | null => {
  if (card.pictures === null) return null
  const { columns, rows, tileWidth, tileHeight, times } = card.pictures.sprite
  const index = nearestTime(times, seconds)
  const x = columns > 1 ? ((index % columns) / (columns - 1)) * 100 : 0
  const y = rows > 1 ? (Math.floor(index / columns) / (rows - 1)) * 100 : 0
  const ratio = tileWidth / tileHeight
  return (
    <span
      className={`sprite-tile ${ratio < 16 / 9 ? 'sprite-tall' : 'sprite-wide'} ${fillsFrame(ratio) ? 'sprite-fill' : ''} ${isBlurred ? 'sprite-blurred' : ''}`}
      style={{
        aspectRatio: `${tileWidth} / ${tileHeight}`,
        backgroundImage: `url("${spriteAddress(base, card)}")`,
        backgroundSize: `${columns * 100}% ${rows * 100}%`,
        backgroundPosition: `${x}% ${y}%`,
      }}
    >
      {children}
    </span>
  )
}

type FrameProps = TileProps & { readonly start: number; readonly end: number }

/**
 * The frame that is shown at `seconds`: at once the sprite's nearest picture, then the frame itself, sharp, in its place.
 * A picture from before `start`, or from `end` on, may show something else: it stays blurred where the frame is still to come. Of a single frame both are its `seconds`.
 */
export const FramePicture = ({ base, card, seconds, start, end }: FrameProps): ReactElement => {
  const address = frameAddress(base, card.id, seconds)
  const times = card.pictures?.sprite.times ?? []
  const time = times[nearestWithin(times, seconds, { start, end })] ?? seconds
  const isOther = card.online && time !== seconds && (time < start || time >= end)
  return (
    <SpriteTile base={base} card={card} seconds={time} isBlurred={isOther}>
      <SharpFrame key={address} address={address} />
    </SpriteTile>
  )
}

type PosterProps = { readonly base: string; readonly card: VideoCard }

/** The film's poster; behind an upright or odd one stands the same picture, blurred. */
export const Poster = ({ base, card }: PosterProps): ReactElement | null => {
  if (card.pictures === null) return null
  const { width, height } = card.pictures.poster
  const address = posterAddress(base, card)
  const fill = fillsFrame(width / height)
  return (
    <>
      {!fill && <img className="poster-backdrop" src={address} alt="" decoding="async" draggable={false} />}
      <img
        className={fill ? 'poster poster-fill' : 'poster'}
        src={address}
        alt=""
        decoding="async"
        draggable={false}
      />
    </>
  )
}
