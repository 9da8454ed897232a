import { Copy, TvMinimal } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { Button } from '../../parts/button.tsx'
import { copyText } from '../../parts/copy.ts'
import { Poster, SpriteTile } from '../../parts/frame-picture.tsx'
import { useMediaBase } from '../../state/host.ts'
import type { PlaybackFault } from '../../state/playback.ts'
import './fault.css'

type FaultProps = { readonly film: VideoDetail; readonly fault: PlaybackFault; readonly at: number | null }

/** Says plainly why a film is not played here and what can be done; shows its picture instead. */
export const Fault = ({ film, fault, at }: FaultProps): ReactElement => {
  const { t } = useTranslation()
  const base = useMediaBase()
  const reason = film.online ? fault : 'offline'
  return (
    <div className="fault" role="alert">
      <div className="fault-picture">
        {at === null ? (
          <Poster base={base} card={film} />
        ) : (
          <SpriteTile base={base} card={film} seconds={at} />
        )}
      </div>
      <div className="fault-text">
        <TvMinimal size={26} strokeWidth={1.5} aria-hidden />
        <h2>{t(`player.fault.${reason}`, { codec: film.codec.toUpperCase() })}</h2>
        <p>{t(`player.faultAdvice.${reason}`)}</p>
        <p className="fault-path">{film.path}</p>
        <Button icon={Copy} onPress={() => drop(copyText(film.path))}>
          {t('menu.copyPath')}
        </Button>
      </div>
    </div>
  )
}
