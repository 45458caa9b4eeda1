//! Parquet, in folders that say what is in them (`date=2026-11-29/run=NAME/metrics.parquet`, "hive partitioning"), which DuckDB,
//! Polars, DataFusion, ClickHouse, Trino and Spark read as they are. The columns are those of CSV and the place of each number.
//!
//! Text is in dictionaries, places are deltas, and all of it is compressed by Zstandard: a million metrics are a few megabytes.

mod column;
mod columns;
mod hybrid;
mod text;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use crate::model::Record;
use columns::Columns;

/// How much Zstandard compresses: numbers of texts that repeat get hardly smaller with more.
const LEVEL: i32 = 1;
/// One row group: large enough to compress well, small enough to stay in memory.
const GROUP: usize = 256 << 10;

const SCHEMA: &str = "
message metrics {
    optional binary package (string);
    required binary binary (string);
    optional binary test (string);
    required int64 attempt;
    required binary parameters (string);
    optional binary commit (string);
    optional binary host (string);
    optional binary kernel (string);
    optional binary boot_id (string);
    required binary started (string);
    required binary payload (string);
    required int64 result;
    optional binary verdict (string);
    required binary name (string);
    required binary labels (string);
    required double value;
    optional binary unit (string);
    required binary polarity (string);
    optional double target;
    required binary stream (string);
    required int64 span_start;
    required int64 span_length;
}";

/// A file of metrics. It is there under its name once it is [closed](Writer::close).
pub struct Writer {
    file: SerializedFileWriter<File>,
    columns: Columns,
    properties: WriterPropertiesPtr,
    path: PathBuf,
    partial: PathBuf,
}

impl Writer {
    /// A file for the metrics of the run `run` that began at `started` (RFC 3339), in its folder below `root`. One that is there is
    /// replaced when this one is closed.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn create(root: &Path, run: &str, started: &str) -> io::Result<Self> {
        let date = started.get(..10).filter(|date| date.is_ascii()).unwrap_or("unknown");
        let folder = root.join(format!("date={date}")).join(format!("run={}", crate::folder::file_name(run)));
        fs::create_dir_all(&folder)?;
        let path = folder.join("metrics.parquet");
        let partial = folder.join(".metrics.parquet.partial");
        let schema = Arc::new(parse_message_type(SCHEMA).map_err(other)?);
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL).map_err(other)?))
            // A group is one page: there is nothing to find in it.
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .set_created_by(concat!("prill ", env!("CARGO_PKG_VERSION")).to_owned());
        for column in ["span_start", "span_length"] {
            let column = ColumnPath::from(column);
            properties = properties
                .set_column_dictionary_enabled(column.clone(), false)
                .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED);
        }
        let properties = Arc::new(properties.build());
        let file = SerializedFileWriter::new(File::create(&partial)?, schema, properties.clone()).map_err(other)?;
        Ok(Self { file, columns: Columns::default(), properties, path, partial })
    }

    /// Adds the metrics of a record.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, record: &Record) -> io::Result<()> {
        for (result, number) in record.results.iter().zip(1..) {
            self.columns.push(record, number, result);
            if self.columns.len() >= GROUP {
                self.group()?;
            }
        }
        Ok(())
    }

    /// Finishes the file, and says where it is.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn close(mut self) -> io::Result<PathBuf> {
        if self.columns.len() > 0 {
            self.group()?;
        }
        self.file.close().map_err(other)?;
        fs::rename(&self.partial, &self.path)?;
        Ok(self.path)
    }

    fn group(&mut self) -> io::Result<()> {
        let about = self.file.schema_descr().columns().to_vec();
        let mut group = self.file.next_row_group().map_err(other)?;
        for (column, about) in self.columns.in_order().into_iter().zip(&about) {
            let (pages, about) = column.encode(about, &self.properties).map_err(other)?;
            group.append_column(&Bytes::from(pages), about).map_err(other)?;
        }
        group.close().map_err(other)?;
        self.columns.clear();
        Ok(())
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("path", &self.path).finish_non_exhaustive()
    }
}

fn other(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => error.downcast::<io::Error>().map_or_else(io::Error::other, |error| *error),
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests;
