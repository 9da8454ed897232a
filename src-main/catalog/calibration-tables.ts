/** What a model's texts and scores are like in this library: what `calibrations.ts` needs beyond its first table. */
export const calibrationMigration = `
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
`
