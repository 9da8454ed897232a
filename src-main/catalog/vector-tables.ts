/** Of each vector the mean of its largest cosines with a bank of generic texts (methods.md 2e): beside its chunk. */
export const hubMigration = `
      CREATE TABLE derived.vector_hub (
        chunk_id INTEGER PRIMARY KEY,
        bank TEXT NOT NULL,                 -- the texts and the model that read them
        "values" BLOB NOT NULL              -- count x f32 little-endian
      );
      CREATE TRIGGER derived.vector_hub_goes AFTER DELETE ON vector_chunk BEGIN
        DELETE FROM vector_hub WHERE chunk_id = OLD.id;
      END;
`

/** Counts and owners are answered by the index alone, and segments are made anew in their new form. */
export const codesMigration = `
      DROP INDEX derived.vector_chunk_by_video;
      CREATE INDEX derived.vector_chunk_by_video ON vector_chunk(model, video_id, kind, dimensions, count);
      DELETE FROM derived.vector_segment;
      ALTER TABLE derived.vector_segment ADD COLUMN graph_sha256 TEXT; -- null: it has no graph yet
`
