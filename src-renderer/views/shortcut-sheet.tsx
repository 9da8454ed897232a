import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../parts/dialog.tsx'
import { keyNames } from '../parts/key-names.ts'
import { usePlace } from '../state/place.ts'
import { shortcutIds, shortcuts } from '../state/shortcuts.ts'
import type { ShortcutId } from '../state/shortcuts.ts'
import './shortcut-sheet.css'

/** Side by side: what is searched with, what is done with what was found, the film itself. */
const columns = [
  ['everywhere', 'box', 'chips'],
  ['pictures', 'answers', 'grid', 'collections'],
  ['player'],
] as const

const shownKeys = (id: ShortcutId): readonly string[] => {
  const shortcut = shortcuts[id]
  return 'shown' in shortcut ? [shortcut.shown] : shortcut.keys
}

/** All keys, from the same table that listens to them. */
export const ShortcutSheet = (): ReactElement => {
  const { t } = useTranslation()
  const { dialog, show } = usePlace()
  return (
    <Dialog
      title={t('shortcut.sheet')}
      isOpen={dialog === 'shortcuts'}
      onClose={() => show(null)}
      width="wide"
    >
      {/* It scrolls in a small window, by keys too. */}
      <div className="sheet" role="group" aria-label={t('shortcut.sheet')} tabIndex={0}>
        {columns.map((scopes) => (
          <div key={scopes[0]}>
            {scopes.map((scope) => (
              <section key={scope} aria-label={t(`shortcut.scope.${scope}`)}>
                <h3>{t(`shortcut.scope.${scope}`)}</h3>
                <dl>
                  {shortcutIds
                    .filter((id) => shortcuts[id].scope === scope)
                    .map((id) => (
                      <div key={id}>
                        <dt>{t(`shortcut.${id}`)}</dt>
                        <dd>
                          {shownKeys(id).map((key) => (
                            <span key={key}>
                              {keyNames(key).map((name) => (
                                <kbd key={name}>{name}</kbd>
                              ))}
                            </span>
                          ))}
                        </dd>
                      </div>
                    ))}
                </dl>
              </section>
            ))}
          </div>
        ))}
      </div>
    </Dialog>
  )
}
