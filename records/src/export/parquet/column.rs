//! What the rows of a group have in one column.

use parquet::column::writer::{ColumnCloseResult, get_column_writer, get_typed_column_writer};
use parquet::data_type::DataType;
use parquet::errors::Result;
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

/// The pages of a column, and what is in them.
pub(super) type Encoded = (Vec<u8>, ColumnCloseResult);

/// Any column.
pub(super) trait Column {
    /// Encodes all rows.
    fn encode(&self, about: &ColumnDescPtr, properties: &WriterPropertiesPtr) -> Result<Encoded>;
    /// Forgets them.
    fn clear(&mut self);
}

/// A column of numbers, which some rows may not have.
pub(super) struct Numbers<D: DataType> {
    values: Vec<D::T>,
    /// 1 where there is a value (Parquet's definition levels).
    defined: Vec<i16>,
}

impl<D: DataType> Numbers<D> {
    pub(super) fn push(&mut self, value: Option<D::T>) {
        self.defined.push(value.is_some().into());
        self.values.extend(value);
    }

    /// Adds `rows` rows with one value.
    pub(super) fn fill(&mut self, value: D::T, rows: usize) {
        self.defined.resize(self.defined.len() + rows, 1);
        self.values.resize(self.values.len() + rows, value);
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.defined.len()
    }
}

impl<D: DataType> Default for Numbers<D> {
    fn default() -> Self {
        Self { values: Vec::new(), defined: Vec::new() }
    }
}

impl<D: DataType> Column for Numbers<D> {
    fn encode(&self, about: &ColumnDescPtr, properties: &WriterPropertiesPtr) -> Result<Encoded> {
        let mut memory = TrackedWrite::new(Vec::new());
        let pages = Box::new(SerializedPageWriter::new(&mut memory));
        let mut writer = get_typed_column_writer::<D>(get_column_writer(about.clone(), properties.clone(), pages));
        let defined = (about.max_def_level() > 0).then_some(&self.defined[..]);
        writer.write_batch(&self.values, defined, None)?;
        let about = writer.close()?;
        Ok((memory.into_inner()?, about))
    }

    fn clear(&mut self) {
        self.values.clear();
        self.defined.clear();
    }
}
