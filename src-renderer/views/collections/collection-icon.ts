import { Bookmark, LayoutGrid } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { queryMode } from '../../state/query-mode.ts'

/** A collection of filters alone shows films, one with words moments. */
export const collectionIcon = (query: string): LucideIcon =>
  queryMode(query) === 'videos' ? LayoutGrid : Bookmark
