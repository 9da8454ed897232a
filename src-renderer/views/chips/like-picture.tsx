import { Images } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import type { LikeReference } from '../../../src-preload/contract/search-nouns.ts'
import { drop } from '../../api/drop.ts'
import { pictureAddress } from '../../api/media.ts'
import { FramePicture } from '../../parts/frame-picture.tsx'
import { useCard, wantCards } from '../../state/cards.ts'
import { useMediaBase } from '../../state/host.ts'

const Given = ({ id }: { readonly id: string }): ReactElement => {
  const base = useMediaBase()
  const [isMissing, setMissing] = useState(false)
  return isMissing ? (
    <Images size={13} aria-hidden />
  ) : (
    <img
      className="chip-given"
      src={pictureAddress(base, id)}
      alt=""
      draggable={false}
      onError={() => setMissing(true)}
    />
  )
}

const Frame = ({ video, seconds }: { readonly video: string; readonly seconds: number }): ReactElement => {
  const base = useMediaBase()
  const card = useCard(video)
  useEffect(() => {
    drop(wantCards([video]))
  }, [video])
  return card?.pictures ? (
    <FramePicture base={base} card={card} seconds={seconds} start={seconds} end={seconds} />
  ) : (
    <Images size={13} aria-hidden />
  )
}

/** What a `like:` chip points at, to be seen. */
export const LikePicture = ({ reference }: { readonly reference: LikeReference }): ReactElement => (
  <span className="chip-picture frame">
    {reference.kind === 'picture' ? (
      <Given id={reference.id} />
    ) : (
      <Frame video={reference.video} seconds={reference.seconds} />
    )}
  </span>
)
