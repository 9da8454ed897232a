import { ImagePlus, LoaderCircle } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { drop } from '../api/drop.ts'
import { takePictures, useGivenPictures } from '../state/given-pictures.ts'
import './picture-drop.css'

const hasFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes('Files') === true

/** A field of a dialog keeps what is pasted into it. */
const isElsewhere = (): boolean => document.querySelector('[role="dialog"]') !== null

/** Whether files are being dragged over the window. Entering a child comes before leaving its parent, so both are counted. */
const useDrop = (): boolean => {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    let depth = 0
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      depth += 1
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const over = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      // Else the window would go to the file.
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    }
    const release = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      drop(takePictures([...(event.dataTransfer?.files ?? [])]))
    }
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || isElsewhere()) return
      event.preventDefault()
      drop(takePictures(files))
    }
    addEventListener('dragenter', enter)
    addEventListener('dragleave', leave)
    addEventListener('dragover', over)
    addEventListener('drop', release)
    addEventListener('paste', paste)
    return () => {
      removeEventListener('dragenter', enter)
      removeEventListener('dragleave', leave)
      removeEventListener('dragover', over)
      removeEventListener('drop', release)
      removeEventListener('paste', paste)
    }
  }, [])
  return isOver
}

/** Takes pictures that are dropped on the window or pasted into it, and says so while one is over it. */
export const PictureDrop = (): ReactElement | null => {
  const { t } = useTranslation()
  const isOver = useDrop()
  const isTaking = useGivenPictures((given) => given.isTaking)
  if (!isOver && !isTaking) return null
  return (
    <div className={isOver ? 'picture-drop' : 'picture-drop picture-taking'} role="status">
      <div className="picture-drop-box">
        {isOver ? (
          <ImagePlus size={30} strokeWidth={1.4} aria-hidden />
        ) : (
          <LoaderCircle className="spin" size={22} aria-hidden />
        )}
        <p>
          <b>{isOver ? t('picture.drop') : t('picture.taking')}</b>
          {isOver && <span>{t('picture.dropText')}</span>}
        </p>
      </div>
    </div>
  )
}
