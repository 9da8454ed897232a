import { codesMigration, hubMigration } from './vector-tables.ts'

/** One step of one file; `version` is what `user_version` is afterwards. Steps are never changed, only added. */
export type Migration = { readonly version: number; readonly sql: string }

/** `library.db`: folders, videos, locations and everything a person made. Precious: backed up before each step. */
export const libraryMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE main.setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE main.folder (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL,
        path_key BLOB NOT NULL UNIQUE,      -- the path's own bytes
        added_at REAL NOT NULL,
        online INTEGER NOT NULL DEFAULT 1
      );
      CREATE TABLE main.video (
        id TEXT PRIMARY KEY,                -- 'v' and the start of its content's hash
        size INTEGER NOT NULL,
        added_at REAL NOT NULL,
        predecessor TEXT REFERENCES video(id)
      ) WITHOUT ROWID;
      CREATE TABLE main.location (
        id INTEGER PRIMARY KEY,
        folder_id INTEGER NOT NULL REFERENCES folder(id) ON DELETE CASCADE,
        video_id TEXT REFERENCES video(id), -- null while its content cannot be read
        path TEXT NOT NULL,
        path_key BLOB NOT NULL UNIQUE,
        size INTEGER NOT NULL,
        mtime REAL NOT NULL,
        present INTEGER NOT NULL DEFAULT 1,
        scan INTEGER NOT NULL DEFAULT 0     -- the last scan that saw it
      );
      CREATE INDEX main.location_by_video ON location(video_id);
      CREATE INDEX main.location_by_folder ON location(folder_id, scan);
      CREATE TABLE main.model (id TEXT PRIMARY KEY, directory TEXT NOT NULL, added_at REAL NOT NULL) WITHOUT ROWID;
    `,
  },
  {
    version: 2,
    sql: `
      CREATE TABLE main.tag (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,                 -- as it was first written
        name_key TEXT NOT NULL UNIQUE       -- by which two spellings are one tag
      );
      CREATE TABLE main.tagged (
        id INTEGER PRIMARY KEY,
        tag_id INTEGER NOT NULL REFERENCES tag(id),
        video_id TEXT NOT NULL REFERENCES video(id),
        start REAL,                         -- null: the whole film
        end REAL,
        added_at REAL NOT NULL
      );
      CREATE UNIQUE INDEX main.tagged_once ON tagged(video_id, tag_id, coalesce(start, -1), coalesce(end, -1));
      CREATE INDEX main.tagged_by_tag ON tagged(tag_id, video_id);
      CREATE TABLE main.rating (
        video_id TEXT PRIMARY KEY REFERENCES video(id),
        stars INTEGER NOT NULL CHECK (stars BETWEEN 0 AND 5),
        rated_at REAL NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX main.rating_by_stars ON rating(stars);
      CREATE TABLE main.collection (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL,
        saved_at REAL NOT NULL
      );
      CREATE TABLE main.past_query (query TEXT PRIMARY KEY, asked_at REAL NOT NULL) WITHOUT ROWID;
      CREATE INDEX main.past_query_by_time ON past_query(asked_at);
      CREATE TABLE main.kept_picture (      -- pictures to search with; the files lie in the library's folder
        id TEXT PRIMARY KEY,                -- 'p' and the start of the file's hash
        name TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        kept_at REAL NOT NULL
      ) WITHOUT ROWID;
    `,
  },
]

/** `derived.db`: what the engines found out. Can be deleted at any time and is made again. */
export const derivedMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE derived.job (
        video_id TEXT NOT NULL,
        stage TEXT NOT NULL,
        model TEXT NOT NULL,                -- '' for a stage without vectors
        version INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'done', 'failed')),
        crashes INTEGER NOT NULL DEFAULT 0, -- times the indexer crashed with it in flight
        kills INTEGER NOT NULL DEFAULT 0,   -- times the indexer was killed from outside
        PRIMARY KEY (video_id, stage, model)
      ) WITHOUT ROWID;
      CREATE INDEX derived.job_waiting ON job(stage, model, video_id) WHERE state = 'pending';
      CREATE TABLE derived.facts (
        video_id TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        duration REAL NOT NULL,
        recorded_at TEXT,
        facts TEXT NOT NULL                 -- VideoFacts as JSON
      ) WITHOUT ROWID;
      CREATE TABLE derived.cue (
        id INTEGER PRIMARY KEY,
        video_id TEXT NOT NULL,
        start REAL NOT NULL,
        end REAL NOT NULL,
        text TEXT NOT NULL,
        language TEXT,
        source TEXT NOT NULL
      );
      CREATE INDEX derived.cue_by_video ON cue(video_id);
      CREATE VIRTUAL TABLE derived.cue_text USING fts5(
        text, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2"
      );
      CREATE TABLE derived.named (id INTEGER PRIMARY KEY, video_id TEXT NOT NULL UNIQUE);
      CREATE VIRTUAL TABLE derived.video_name USING fts5( -- rowid: named.id
        name, folders, tokenize="unicode61 remove_diacritics 2"
      );
      CREATE TABLE derived.picture (
        video_id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('poster', 'sprite')),
        file TEXT NOT NULL,
        detail TEXT NOT NULL,               -- JSON: sizes and times
        PRIMARY KEY (video_id, kind)
      ) WITHOUT ROWID;
      CREATE TABLE derived.vector_chunk (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        video_id TEXT NOT NULL,
        model TEXT NOT NULL,
        stage TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('frame', 'tile', 'shot', 'chapter')),
        dimensions INTEGER NOT NULL,
        count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 64),
        times BLOB NOT NULL,                -- count x f64 little-endian, seconds
        vectors BLOB NOT NULL               -- count x dimensions x f16 little-endian
      );
      CREATE INDEX derived.vector_chunk_by_video ON vector_chunk(model, video_id);
      CREATE TABLE derived.vector_segment (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        model TEXT NOT NULL,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        dimensions INTEGER NOT NULL,
        count INTEGER NOT NULL,
        last_chunk INTEGER NOT NULL         -- holds every chunk up to this one that lived when it was built
      );
      CREATE TABLE derived.problem (
        subject TEXT NOT NULL,              -- a video's id, or 'path:' and the hex of a path's bytes
        stage TEXT NOT NULL,
        video_id TEXT,
        path TEXT,
        path_key BLOB,
        code TEXT NOT NULL,
        message TEXT NOT NULL,
        advice TEXT NOT NULL,
        tries INTEGER NOT NULL,
        PRIMARY KEY (subject, stage)
      ) WITHOUT ROWID;
      CREATE TABLE derived.ignored (folder_id INTEGER NOT NULL, rule TEXT NOT NULL, path TEXT NOT NULL);
      CREATE INDEX derived.ignored_by_folder ON ignored(folder_id, rule);
      CREATE TABLE derived.ignored_count (
        folder_id INTEGER NOT NULL, rule TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (folder_id, rule)
      ) WITHOUT ROWID;
    `,
  },
  {
    version: 2,
    sql: `
      CREATE TABLE derived.shot (
        video_id TEXT NOT NULL,
        place INTEGER NOT NULL,             -- 0 for the first of the film
        start REAL NOT NULL,
        end REAL NOT NULL,
        transition TEXT NOT NULL,
        motion REAL NOT NULL,
        direction TEXT,
        flags TEXT NOT NULL,                -- a list as JSON
        PRIMARY KEY (video_id, place)
      ) WITHOUT ROWID;
      CREATE TABLE derived.track (
        video_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        rate REAL NOT NULL,                 -- values a second
        size INTEGER NOT NULL,              -- bytes each
        "values" BLOB NOT NULL,
        PRIMARY KEY (video_id, kind)
      );
      CREATE TABLE derived.analysis_part (  -- what an analysis that has not ended has so far
        video_id TEXT NOT NULL,
        jobs TEXT NOT NULL,                 -- for which jobs it was made; of use to no others
        start REAL NOT NULL,
        end REAL NOT NULL,
        payload BLOB NOT NULL,              -- boundaries, tracks and vectors as MessagePack
        PRIMARY KEY (video_id, start)
      );
      ALTER TABLE derived.vector_chunk ADD COLUMN starts BLOB; -- count x f64 LE: from when each stands; null: its time
    `,
  },
  {
    version: 3,
    sql: `
      CREATE TABLE derived.provider_check (
        model TEXT NOT NULL,
        provider TEXT NOT NULL,             -- 'webgpu', 'cuda' ...
        fingerprint TEXT NOT NULL,          -- of the machine and the model's files: another one means check again
        report TEXT NOT NULL,               -- ProviderReport as JSON
        checked_at REAL NOT NULL,
        PRIMARY KEY (model, provider)
      ) WITHOUT ROWID;
    `,
  },
  {
    version: 4,
    sql: `
      CREATE TABLE derived.embedding_space (  -- by which picture half a model's vectors were made
        model TEXT PRIMARY KEY,
        image_sha256 TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE derived.calibration (      -- what was measured of a model in this library
        model TEXT PRIMARY KEY,
        space TEXT NOT NULL,                  -- the model whose vectors were sampled
        bank INTEGER NOT NULL,                -- the list of texts
        library INTEGER NOT NULL,             -- vectors that the library had then
        frames INTEGER NOT NULL,              -- vectors that were sampled, of so many films
        films INTEGER NOT NULL,
        median_nearest REAL NOT NULL,         -- 1 - cosine
        mean REAL, sd REAL, p95 REAL          -- of the cosines of the texts with them; null: it knows too few words
      ) WITHOUT ROWID;
    `,
  },
  {
    version: 5,
    sql: `${hubMigration}${codesMigration}
      CREATE TABLE derived.film_sight (     -- what was seen of the frames that a film's vectors are of
        model TEXT NOT NULL,
        video_id TEXT NOT NULL,
        seen TEXT NOT NULL CHECK (seen IN ('centre', 'ends', 'whole')),
        again TEXT,                         -- the stage that is to make them again because of that
        PRIMARY KEY (model, video_id)
      ) WITHOUT ROWID;
      CREATE TABLE derived.sight_mode (model TEXT PRIMARY KEY, mode TEXT NOT NULL) WITHOUT ROWID; -- judged by it last
      CREATE TABLE derived.filter_row (     -- what filters compare, a column each; only of visible films
        video_id TEXT PRIMARY KEY,
        created REAL,                       -- seconds since 1970; null, here and below: nobody knows
        zone TEXT,                          -- in which zone that was read, where the date names none
        duration REAL,
        size INTEGER NOT NULL,
        short_side INTEGER,
        shape TEXT,
        codec TEXT NOT NULL,
        hdr INTEGER NOT NULL,
        has_audio INTEGER NOT NULL,
        has_subtitles INTEGER NOT NULL,
        has_chapters INTEGER NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX derived.filter_row_by_created ON filter_row(created);
      CREATE INDEX derived.filter_row_by_duration ON filter_row(duration);
      CREATE INDEX derived.filter_row_by_size ON filter_row(size);
      CREATE INDEX derived.filter_row_by_short_side ON filter_row(short_side);
      CREATE INDEX derived.filter_row_by_shape ON filter_row(shape);
      CREATE INDEX derived.filter_row_by_codec ON filter_row(codec);
      CREATE INDEX derived.filter_row_by_hdr ON filter_row(hdr) WHERE hdr = 1;
      CREATE INDEX derived.filter_row_by_audio ON filter_row(has_audio) WHERE has_audio = 1;
      CREATE INDEX derived.filter_row_by_subtitles ON filter_row(has_subtitles) WHERE has_subtitles = 1;
      CREATE INDEX derived.filter_row_by_chapters ON filter_row(has_chapters) WHERE has_chapters = 1;
      CREATE TABLE derived.filter_folder (  -- the folders that films lie in
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE           -- with its last separator: it and a file's name are the whole path
      );
      CREATE TABLE derived.filter_place (   -- where the films of filter_row lie
        location_id INTEGER PRIMARY KEY,
        video_id TEXT NOT NULL,
        folder_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,             -- the name as it is compared
        mtime REAL NOT NULL
      );
      CREATE INDEX derived.filter_place_by_video ON filter_place(video_id, folder_id);
      CREATE INDEX derived.filter_place_by_folder ON filter_place(folder_id, video_id);
      CREATE VIRTUAL TABLE derived.filter_name USING fts5( -- rowid: location_id; finds any three letters in a row
        name_key, content='', contentless_delete=1, tokenize='trigram'
      );
      CREATE TABLE derived.chapter (
        id INTEGER PRIMARY KEY,
        video_id TEXT NOT NULL,
        start REAL NOT NULL,
        end REAL NOT NULL,
        title TEXT NOT NULL
      );
      CREATE INDEX derived.chapter_by_video ON chapter(video_id, start);
      -- Texts to be searched are folded words (domain/fold-words.ts): the tokenizer only cuts them at the blanks.
      CREATE VIRTUAL TABLE derived.chapter_text USING fts5( -- rowid: chapter.id
        words, content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
      );
      CREATE TABLE derived.subtitle (       -- a stream of a film, or a file beside it
        id INTEGER PRIMARY KEY,
        video_id TEXT NOT NULL,
        source TEXT NOT NULL CHECK (source IN ('embedded', 'sidecar')),
        name TEXT NOT NULL,
        language TEXT,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'due', 'read', 'failed', 'gone')), -- waiting: for its film
        folder_id INTEGER,                  -- of a sidecar: the watched folder, the path's own bytes, size and time as seen
        path_key BLOB,
        name_language TEXT,                 -- as the file's name says
        size INTEGER,
        mtime REAL,
        scan INTEGER                        -- the last scan that saw it
      );
      CREATE INDEX derived.subtitle_by_video ON subtitle(video_id);
      CREATE UNIQUE INDEX derived.subtitle_by_path ON subtitle(path_key, video_id) WHERE path_key IS NOT NULL;
      CREATE INDEX derived.subtitle_due ON subtitle(folder_id) WHERE state = 'due';
      CREATE INDEX derived.subtitle_gone ON subtitle(id) WHERE state = 'gone';
      CREATE INDEX derived.subtitle_by_folder ON subtitle(folder_id, scan) WHERE folder_id IS NOT NULL;
      CREATE TABLE derived.subtitle_fit (   -- whether its lines come in the order of the pictures
        subtitle_id INTEGER NOT NULL,
        model TEXT NOT NULL,
        fit TEXT NOT NULL CHECK (fit IN ('unknown', 'fits', 'wrong')),
        tau REAL,                           -- Kendall's, of so many passages
        passages INTEGER NOT NULL,
        last_chunk INTEGER NOT NULL,        -- of the vectors that were looked at; others mean looking again
        PRIMARY KEY (subtitle_id, model)
      ) WITHOUT ROWID;
      -- Cues are read again, by their subtitles: stage probed has another version.
      DELETE FROM derived.cue;
      DROP TABLE derived.cue_text;
      ALTER TABLE derived.cue ADD COLUMN subtitle_id INTEGER;
      ALTER TABLE derived.calibration ADD COLUMN typical REAL;          -- mean hubness of frames
      ALTER TABLE derived.calibration ADD COLUMN within_sd REAL;        -- of one text's cosines among frames
      ALTER TABLE derived.calibration ADD COLUMN picture_mean REAL;     -- of frames with frames of other scenes
      ALTER TABLE derived.calibration ADD COLUMN picture_sd REAL;
      ALTER TABLE derived.calibration ADD COLUMN picture_p95 REAL;
      CREATE TABLE derived.text_bank (        -- generic texts as vectors of a model
        model TEXT PRIMARY KEY,
        space TEXT NOT NULL,
        bank INTEGER NOT NULL,                -- the list of texts
        dimensions INTEGER NOT NULL,
        vectors BLOB NOT NULL                 -- f16 little-endian, one after the other
      ) WITHOUT ROWID;
      CREATE INDEX derived.cue_by_subtitle ON cue(subtitle_id);
      CREATE TABLE derived.passage (        -- lines that are searched together: cues first_cue to last_cue of a subtitle
        id INTEGER PRIMARY KEY,
        subtitle_id INTEGER NOT NULL,
        video_id TEXT NOT NULL,
        first_cue INTEGER NOT NULL,
        last_cue INTEGER NOT NULL
      );
      CREATE INDEX derived.passage_by_subtitle ON passage(subtitle_id);
      CREATE INDEX derived.passage_by_video ON passage(video_id);
      CREATE VIRTUAL TABLE derived.passage_text USING fts5( -- rowid: passage.id
        words, content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
      );
      -- Names are made findable again when the library is opened.
      DELETE FROM derived.named;
      DROP TABLE derived.video_name;
      ALTER TABLE derived.named ADD COLUMN words TEXT;
      CREATE VIRTUAL TABLE derived.video_name USING fts5( -- rowid: named.id
        words, content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
      );
      CREATE TABLE derived.word (           -- every word of lines, chapter titles and names
        word TEXT PRIMARY KEY,              -- '': all of them together
        backwards TEXT NOT NULL,            -- the word from its end: by it the ends of compounds are found
        lines INTEGER NOT NULL              -- in so many it stands
      ) WITHOUT ROWID;
      CREATE INDEX derived.word_backwards ON word(backwards);
    `,
  },
]
