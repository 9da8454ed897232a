import { Captions, Check } from 'lucide-react'
import type { ReactElement } from 'react'
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../parts/button.tsx'
import { firstKey } from '../../parts/key-names.ts'
import { setPreferences, usePreferences } from '../../state/preferences.ts'
import { usePickedTrack } from '../../state/subtitles.ts'
import { trackName } from './subtitle-tracks.ts'
import type { Transcript } from './use-transcript.ts'

const off = 'off'
const sizes = ['small', 'medium', 'large'] as const

type MenuProps = { readonly videoId: string; readonly transcript: Transcript | null }

type EntryProps = {
  readonly id: string
  readonly text: string
  /** The menu stays, to see the effect and choose again. */
  readonly stays?: boolean
}

const Entry = ({ id, text, stays = false }: EntryProps): ReactElement => (
  <MenuItem id={id} className="menu-item pick-item" textValue={text} shouldCloseOnSelect={!stays}>
    {({ isSelected }) => (
      <>
        <span>{text}</span>
        {isSelected && <Check size={15} aria-hidden />}
      </>
    )}
  </MenuItem>
)

/** Which captions are shown, and how large. */
export const CaptionMenu = ({ videoId, transcript }: MenuProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const pick = usePickedTrack((picked) => picked.pick)
  const isWanted = usePreferences((preferences) => preferences.isCaptioned)
  const size = usePreferences((preferences) => preferences.captionSize)
  const tracks = transcript?.tracks ?? []
  const track = transcript?.track ?? null
  const chosen = isWanted && track !== null && transcript?.isTrusted ? String(track.id) : off
  return (
    <MenuTrigger>
      <IconButton
        icon={Captions}
        label={track === null ? t('captions.none') : t('captions.label')}
        keys={firstKey('captions')}
        isDisabled={track === null}
        isOn={chosen !== off}
      />
      <Popover className="popover captions-menu" placement="top end" offset={6}>
        <Menu className="menu" aria-label={t('captions.label')}>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[chosen]}
            onSelectionChange={(keys) => {
              const [key = off] = keys === 'all' ? [] : keys
              setPreferences({ isCaptioned: key !== off })
              if (key !== off) pick(videoId, Number(key))
            }}
          >
            <Header className="menu-header">{t('captions.label')}</Header>
            <Entry id={off} text={t('captions.off')} />
            {tracks.map((one) => (
              <Entry key={one.id} id={String(one.id)} text={trackName(t, one, i18n.language)} />
            ))}
          </MenuSection>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[size]}
            onSelectionChange={(keys) => {
              const [key] = keys === 'all' ? [] : keys
              const captionSize = sizes.find((one) => one === key)
              if (captionSize !== undefined) setPreferences({ captionSize })
            }}
          >
            <Header className="menu-header">{t('captions.size')}</Header>
            {sizes.map((one) => (
              <Entry key={one} id={one} text={t(`captions.sizes.${one}`)} stays />
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
