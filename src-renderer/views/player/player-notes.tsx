import { Star } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../parts/button.tsx'
import { firstKey } from '../../parts/key-names.ts'
import { undoLast, useNotes } from '../../state/player-note.ts'
import './player-notes.css'

/** What was just done, over the film for a moment; said to those who listen. */
export const PlayerNotes = (): ReactElement => {
  const { t } = useTranslation()
  const { note, spoken } = useNotes()
  return (
    <>
      <p className="hidden" role="status">
        {spoken}
      </p>
      {note !== null && (
        <div className="player-note" key={note.id}>
          {note.stars === null ? (
            <span aria-hidden>{note.text}</span>
          ) : (
            <span className="player-note-stars" aria-hidden>
              {[1, 2, 3, 4, 5].map((star) => (
                <Star key={star} size={20} className={star <= (note.stars ?? 0) ? 'on' : ''} />
              ))}
            </span>
          )}
          {note.undo !== null && (
            <Button kind="quiet" onPress={undoLast}>
              {t('player.undo')}
              <kbd aria-hidden>{firstKey('undoInFilm')}</kbd>
            </Button>
          )}
        </div>
      )}
    </>
  )
}
