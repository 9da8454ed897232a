import { BookmarkPlus, Ellipsis, Pencil, RefreshCw, SearchIcon, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Collection } from '../../src-preload/contract/search-nouns.ts'
import { drop } from '../api/drop.ts'
import { IconButton } from '../parts/button.tsx'
import { ContextMenu, menuPointOf } from '../parts/context-menu.tsx'
import type { MenuAction, MenuPoint } from '../parts/context-menu.tsx'
import { firstKey } from '../parts/key-names.ts'
import {
  deleteCollection,
  openCollection,
  saveCollection,
  useCollections,
  useShownCollection,
} from '../state/collections.ts'
import { usePlace } from '../state/place.ts'
import { valueOr } from '../state/resource.ts'
import { useSearch } from '../state/search.ts'
import { pressedShortcut } from '../state/shortcuts.ts'
import { spokenQuery } from './chips/like-words.ts'
import { collectionIcon } from './collections/collection-icon.ts'
import { RenameCollection } from './collections/rename-collection.tsx'

type RowProps = {
  readonly collection: Collection
  readonly isShown: boolean
  readonly onMenu: (point: MenuPoint) => void
  readonly onRename: () => void
}

const CollectionRow = ({ collection, isShown, onMenu, onRename }: RowProps): ReactElement => {
  const { t } = useTranslation()
  const row = useRef<HTMLLIElement>(null)
  const Icon = collectionIcon(collection.query)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const pressed = pressedShortcut(event, 'collections') ?? pressedShortcut(event, 'pictures')
    if (pressed !== 'rename' && pressed !== 'deleteCollection' && pressed !== 'menu') return
    event.preventDefault()
    if (pressed === 'rename') onRename()
    if (pressed === 'deleteCollection') {
      // The list goes on under the fingers of who deletes several.
      const near = row.current?.nextElementSibling ?? row.current?.previousElementSibling
      near?.querySelector<HTMLElement>('.entry')?.focus()
      drop(deleteCollection(collection))
    }
    if (pressed === 'menu') onMenu(menuPointOf({ clientX: 0, clientY: 0 }, event.currentTarget))
  }
  return (
    <li
      className="collection-row"
      ref={row}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(menuPointOf(event, event.currentTarget))
      }}
    >
      <button
        type="button"
        className="entry"
        aria-current={isShown ? 'page' : undefined}
        title={spokenQuery(t, collection.query)}
        onClick={() => openCollection(collection)}
        onKeyDown={onKeyDown}
      >
        <Icon size={17} aria-hidden />
        <span>{collection.name}</span>
      </button>
      <IconButton
        icon={Ellipsis}
        size="small"
        label={t('collections.actions', { name: collection.name })}
        onPress={() => row.current && onMenu(menuPointOf({ clientX: 0, clientY: 0 }, row.current))}
      />
    </li>
  )
}

/** The kept searches; each shows what answers today. */
export const SidebarCollections = (): ReactElement => {
  const { t } = useTranslation()
  const collections = useCollections((resource) => valueOr(resource.loaded, []))
  const shown = useShownCollection()
  const inLibrary = usePlace((place) => place.view === 'library')
  const show = usePlace((place) => place.show)
  const isEmpty = useSearch(({ text }) => text.trim() === '')
  const [renaming, setRenaming] = useState<Collection | null>(null)
  const [menu, setMenu] = useState<{ readonly collection: Collection; readonly point: MenuPoint } | null>(
    null,
  )

  const actions = (collection: Collection, text: string): readonly MenuAction[] => [
    { id: 'open', icon: SearchIcon, label: t('collections.open'), act: () => openCollection(collection) },
    ...(text === '' || text === collection.query
      ? []
      : [
          {
            id: 'update',
            icon: RefreshCw,
            label: t('collections.updateTo'),
            act: () => drop(saveCollection(collection.name, text)),
          },
        ]),
    {
      id: 'rename',
      icon: Pencil,
      label: t('collections.renameIt'),
      keys: firstKey('rename'),
      act: () => setRenaming(collection),
    },
    {
      id: 'delete',
      icon: Trash2,
      label: t('collections.delete'),
      keys: firstKey('deleteCollection'),
      isApart: true,
      act: () => drop(deleteCollection(collection)),
    },
  ]

  return (
    <section className="sidebar-section" aria-label={t('collections.label')}>
      <header>
        <h2>{t('collections.label')}</h2>
        <IconButton
          icon={BookmarkPlus}
          size="small"
          label={t('collections.save')}
          keys={firstKey('save')}
          isDisabled={isEmpty}
          onPress={() => show('save-collection')}
        />
      </header>
      {collections.length === 0 && <p className="collections-empty">{t('collections.empty')}</p>}
      <ul>
        {collections.map((collection) => (
          <CollectionRow
            key={collection.name}
            collection={collection}
            isShown={inLibrary && shown?.collection.name === collection.name}
            onMenu={(point) => setMenu({ collection, point })}
            onRename={() => setRenaming(collection)}
          />
        ))}
      </ul>
      <ContextMenu
        label={t('menu.label')}
        point={menu?.point ?? null}
        actions={menu === null ? [] : actions(menu.collection, useSearch.getState().text.trim())}
        onClose={() => setMenu(null)}
      />
      <RenameCollection collection={renaming} onClose={() => setRenaming(null)} />
    </section>
  )
}
