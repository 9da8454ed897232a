import {
  ChevronFirst,
  ChevronLast,
  Maximize,
  Pause,
  Play,
  Repeat,
  RotateCcw,
  RotateCw,
  SkipBack,
  SkipForward,
  Volume2,
  VolumeX,
} from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shot } from '../../../src-preload/contract/nouns.ts'
import { IconButton } from '../../parts/button.tsx'
import { PickOne } from '../../parts/choice.tsx'
import { clock, fineClock } from '../../parts/format.ts'
import { firstKey } from '../../parts/key-names.ts'
import { useRange } from '../../state/film-range.ts'
import { usePlayback } from '../../state/playback.ts'
import { usePreferences } from '../../state/preferences.ts'
import { CaptionMenu } from './caption-menu.tsx'
import { rates } from './controls.ts'
import type { Controls } from './controls.ts'
import { RangeLine } from './range-line.tsx'
import { shotAt } from './shot-steps.ts'
import { shotWords } from './shot-words.ts'
import type { Transcript } from './use-transcript.ts'
import './transport.css'

/** What J and L jump, in seconds. */
export const jumpSeconds = 10

type TransportProps = {
  readonly controls: Controls
  readonly duration: number
  readonly hitCount: number
  readonly shots: readonly Shot[]
  readonly isLooping: boolean
  /** There is something to repeat: a moment or a marked stretch. */
  readonly canLoop: boolean
  readonly videoId: string
  /** Null until it is there. */
  readonly transcript: Transcript | null
  readonly onTag: () => void
  readonly onHit: (direction: 1 | -1) => void
  readonly onShot: (direction: 1 | -1) => void
  readonly onLoop: () => void
}

const Sound = ({ controls }: { readonly controls: Controls }): ReactElement => {
  const { t } = useTranslation()
  const volume = usePreferences((preferences) => preferences.volume)
  const isMuted = usePreferences((preferences) => preferences.isMuted)
  const isSilent = isMuted || volume === 0
  return (
    <>
      <IconButton
        icon={isSilent ? VolumeX : Volume2}
        label={isSilent ? t('player.unmute') : t('player.mute')}
        keys={firstKey('mute')}
        onPress={controls.toggleMute}
      />
      <input
        type="range"
        className="range transport-volume"
        aria-label={t('player.volume')}
        min={0}
        max={1}
        step={0.05}
        value={isMuted ? 0 : volume}
        onChange={(event) => controls.setVolume(event.target.valueAsNumber)}
      />
    </>
  )
}

/** The row of buttons under the timeline. */
export const Transport = (props: TransportProps): ReactElement => {
  const { controls, duration, hitCount, shots, isLooping, canLoop, onHit, onShot, onLoop } = props
  const { videoId, transcript, onTag } = props
  const { t, i18n } = useTranslation()
  const { isPlaying, time, rate } = usePlayback()
  const number = new Intl.NumberFormat(i18n.language)
  const isMarked = useRange(({ from, to }) => from !== null || to !== null)
  const [shot] = shotWords(t, shots, shotAt(shots, time))
  return (
    <div className="transport" role="group" aria-label={t('player.controls')}>
      <div className="transport-time">
        {fineClock(time)} <span>/ {clock(duration)}</span>
        {shot !== undefined && !isMarked && <span className="transport-shot">{shot}</span>}
        <RangeLine duration={duration} onSeek={controls.seek} onTag={onTag} />
      </div>
      <div className="transport-middle">
        <IconButton
          icon={SkipBack}
          label={t('player.previousHit')}
          keys={firstKey('previousHit')}
          isDisabled={hitCount === 0}
          onPress={() => onHit(-1)}
        />
        <span className="transport-step">
          <IconButton
            icon={ChevronFirst}
            label={t('player.previousShot')}
            keys={firstKey('previousShot')}
            isDisabled={shots.length === 0}
            onPress={() => onShot(-1)}
          />
        </span>
        <IconButton
          icon={RotateCcw}
          label={t('player.jumpBack')}
          keys={firstKey('jumpBack')}
          onPress={() => controls.jump(-jumpSeconds)}
        />
        <IconButton
          icon={isPlaying ? Pause : Play}
          size="large"
          label={isPlaying ? t('player.pause') : t('player.play')}
          keys={firstKey('play')}
          onPress={controls.togglePlay}
        />
        <IconButton
          icon={RotateCw}
          label={t('player.jumpOn')}
          keys={firstKey('jumpOn')}
          onPress={() => controls.jump(jumpSeconds)}
        />
        <span className="transport-step">
          <IconButton
            icon={ChevronLast}
            label={t('player.nextShot')}
            keys={firstKey('nextShot')}
            isDisabled={shots.length === 0}
            onPress={() => onShot(1)}
          />
        </span>
        <IconButton
          icon={SkipForward}
          label={t('player.nextHit')}
          keys={firstKey('nextHit')}
          isDisabled={hitCount === 0}
          onPress={() => onHit(1)}
        />
      </div>
      <div className="transport-end">
        <IconButton
          icon={Repeat}
          label={t('player.loop')}
          keys={firstKey('loop')}
          isDisabled={!canLoop}
          isOn={isLooping}
          onPress={onLoop}
        />
        <PickOne
          label={t('player.speed')}
          value={String(rate)}
          options={rates.map((value) => ({ id: String(value), label: `${number.format(value)}×` }))}
          onChange={(value) => controls.setRate(Number(value))}
        />
        <CaptionMenu videoId={videoId} transcript={transcript} />
        <Sound controls={controls} />
        <IconButton
          icon={Maximize}
          label={t('player.fullScreen')}
          keys={firstKey('fullScreen')}
          onPress={controls.toggleFullScreen}
        />
      </div>
    </div>
  )
}
