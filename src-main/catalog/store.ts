import type { ModelRegistry } from '../../src-preload/contract/model-registry.ts'
import type { Forker } from '../foundation/engine-process.ts'
import type { LibraryPaths } from '../foundation/library-paths.ts'
import type { Log } from '../foundation/log.ts'
import { createAnalysisParts } from './analysis-parts.ts'
import type { AnalysisParts } from './analysis-parts.ts'
import type { Database } from './database.ts'
import { createCalibrations } from './calibrations.ts'
import type { Calibrations } from './calibrations.ts'
import { createCollections } from './collections.ts'
import type { Collections } from './collections.ts'
import { createCoverage } from './coverage.ts'
import type { Coverage } from './coverage.ts'
import { createFactStore } from './facts.ts'
import type { FactStore } from './facts.ts'
import { createFilterFolders } from './filter-folders.ts'
import { createFilterRows } from './filter-rows.ts'
import type { FilterRows } from './filter-rows.ts'
import { createFilmSights } from './film-sights.ts'
import type { FilmSights } from './film-sights.ts'
import { createFilterValues } from './filter-values.ts'
import type { FilterValues } from './filter-values.ts'
import { createFilters } from './filters.ts'
import type { Filters } from './filters.ts'
import { createFolders } from './folders.ts'
import type { Folders } from './folders.ts'
import { createIgnored } from './ignored.ts'
import type { Ignored } from './ignored.ts'
import { createJobs } from './jobs.ts'
import type { Jobs } from './jobs.ts'
import { createLocations } from './locations.ts'
import type { Locations } from './locations.ts'
import { createModels } from './models.ts'
import type { Models } from './models.ts'
import { createPastQueries } from './past-queries.ts'
import type { PastQueries } from './past-queries.ts'
import { createPictures } from './pictures.ts'
import type { Pictures } from './pictures.ts'
import { createProblems } from './problems.ts'
import type { Problems } from './problems.ts'
import { createRatings } from './ratings.ts'
import type { Ratings } from './ratings.ts'
import { createSettings } from './settings.ts'
import type { Settings } from './settings.ts'
import { createShotRows } from './shot-rows.ts'
import type { ShotRows } from './shot-rows.ts'
import { createSuccessors } from './successors.ts'
import type { Successors } from './successors.ts'
import { createSubtitleFits } from './subtitle-fit-rows.ts'
import type { SubtitleFits } from './subtitle-fit-rows.ts'
import { createSubtitleLists } from './subtitle-lists.ts'
import type { SubtitleLists } from './subtitle-lists.ts'
import { createSubtitles } from './subtitles.ts'
import type { Subtitles } from './subtitles.ts'
import { createTags } from './tags.ts'
import type { Tags } from './tags.ts'
import { createTextSearch } from './text-search.ts'
import type { TextSearch } from './text-search.ts'
import { createVectors } from './vectors.ts'
import type { Vectors } from './vectors.ts'
import { createVideos } from './videos.ts'
import type { Videos } from './videos.ts'
import { createWordBook } from './word-book.ts'

/** Everything the catalog keeps, one file a noun, over one database. */
export type Store = {
  readonly database: Database
  readonly paths: LibraryPaths
  readonly settings: Settings
  readonly folders: Folders
  readonly locations: Locations
  readonly videos: Videos
  readonly tags: Tags
  readonly ratings: Ratings
  readonly collections: Collections
  readonly pastQueries: PastQueries
  readonly successors: Successors
  readonly jobs: Jobs
  readonly facts: FactStore
  readonly texts: TextSearch
  readonly filterRows: FilterRows
  readonly filters: Filters
  readonly filterValues: FilterValues
  readonly subtitles: Subtitles
  readonly subtitleLists: SubtitleLists
  readonly subtitleFits: SubtitleFits
  readonly pictures: Pictures
  readonly shots: ShotRows
  readonly parts: AnalysisParts
  readonly vectors: Vectors
  readonly sights: FilmSights
  readonly models: Models
  readonly coverage: Coverage
  readonly calibrations: Calibrations
  readonly problems: Problems
  readonly ignored: Ignored
}

export type StoreOptions = {
  readonly database: Database
  readonly paths: LibraryPaths
  readonly log: Log
  readonly fork: Forker
  readonly segmentBuilder: string
  /** The entry of `vector-helper.ts`. */
  readonly vectorHelper: string
  readonly modelsDirectory: string
  /** Where downloaded models lie. */
  readonly downloads: string
  readonly registry: ModelRegistry
}

/** Puts the nouns together. */
export const createStore = (options: StoreOptions): Store => {
  const { database, paths, log, fork } = options
  const settings = createSettings(database)
  const filterFolders = createFilterFolders(database)
  const filters = createFilters(database, filterFolders)
  const book = createWordBook(database)
  const subtitles = createSubtitles(database, book)
  return {
    database,
    paths,
    settings,
    folders: createFolders(database),
    locations: createLocations(database),
    videos: createVideos(database),
    tags: createTags(database),
    ratings: createRatings(database),
    collections: createCollections(database),
    pastQueries: createPastQueries(database),
    successors: createSuccessors(database),
    jobs: createJobs(database),
    facts: createFactStore(database, subtitles, book),
    texts: createTextSearch(database, book),
    filterRows: createFilterRows(database, filterFolders, Intl.DateTimeFormat().resolvedOptions().timeZone),
    filters,
    filterValues: createFilterValues(database, filterFolders),
    subtitles,
    subtitleLists: createSubtitleLists(database),
    subtitleFits: createSubtitleFits(database),
    pictures: createPictures(database),
    shots: createShotRows(database),
    parts: createAnalysisParts(database),
    vectors: createVectors({
      database,
      paths,
      log,
      fork,
      builder: options.segmentBuilder,
      helper: options.vectorHelper,
    }),
    sights: createFilmSights(database),
    models: createModels({ ...options, settings }),
    coverage: createCoverage(database, () => performance.now()),
    calibrations: createCalibrations(database),
    problems: createProblems(database),
    ignored: createIgnored(database),
  }
}
