//! The rows of a group, column by column, in the order of the schema.

use std::collections::HashMap;
use std::fs::File;

use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::SerializedRowGroupWriter;

use super::super::Row;

/// A column of which some rows may have no value.
struct Column<T> {
    values: Vec<T>,
    /// 1 where there is a value (Parquet's definition levels); not used by columns that always have one.
    defined: Vec<i16>,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self { values: Vec::new(), defined: Vec::new() }
    }
}

impl<T> Column<T> {
    fn push(&mut self, value: Option<T>) {
        self.defined.push(i16::from(value.is_some()));
        self.values.extend(value);
    }

    fn write<D: DataType<T = T>>(&mut self, required: bool, group: &mut SerializedRowGroupWriter<'_, File>) -> Result<()> {
        if let Some(mut column) = group.next_column()? {
            let levels = (!required).then_some(&self.defined[..]);
            column.typed::<D>().write_batch(&self.values, levels, None)?;
            column.close()?;
        }
        self.values.clear();
        self.defined.clear();
        Ok(())
    }
}

#[derive(Default)]
pub(super) struct Columns {
    package: Column<ByteArray>,
    binary: Column<ByteArray>,
    test: Column<ByteArray>,
    attempt: Column<i64>,
    parameters: Column<ByteArray>,
    commit: Column<ByteArray>,
    host: Column<ByteArray>,
    kernel: Column<ByteArray>,
    boot_id: Column<ByteArray>,
    started: Column<ByteArray>,
    payload: Column<ByteArray>,
    result: Column<i64>,
    verdict: Column<ByteArray>,
    name: Column<ByteArray>,
    labels: Column<ByteArray>,
    value: Column<f64>,
    unit: Column<ByteArray>,
    polarity: Column<ByteArray>,
    target: Column<f64>,
    stream: Column<ByteArray>,
    span_start: Column<i64>,
    span_length: Column<i64>,
    known: Known,
}

/// Texts that were seen: the same bytes are shared by all rows.
#[derive(Default)]
struct Known(HashMap<String, ByteArray>);

impl Known {
    fn text(&mut self, text: &str) -> ByteArray {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let bytes = ByteArray::from(text);
        self.0.insert(text.to_owned(), bytes.clone());
        bytes
    }

    fn optional(&mut self, text: Option<&String>) -> Option<ByteArray> {
        text.map(|text| self.text(text))
    }

    fn object(&mut self, value: &impl serde::Serialize) -> ByteArray {
        self.text(&serde_json::to_string(value).unwrap_or_default())
    }
}

impl Columns {
    pub(super) fn len(&self) -> usize {
        self.value.values.len()
    }

    pub(super) fn push(&mut self, row: &Row<'_>) {
        let Row { record, number, result, metric } = row;
        let (identity, host, known) = (&record.identity, &record.host, &mut self.known);
        let whole = |number: u64| Some(i64::try_from(number).unwrap_or(i64::MAX));
        let [start, end] = metric.span;
        self.package.push(known.optional(identity.package.as_ref()));
        self.binary.push(Some(known.text(&identity.binary)));
        self.test.push(known.optional(identity.test.as_ref()));
        self.attempt.push(Some(identity.attempt.into()));
        self.parameters.push(Some(known.object(&identity.parameters)));
        self.commit.push(known.optional(record.source.commit.as_ref()));
        self.host.push(known.optional(host.name.as_ref()));
        self.kernel.push(known.optional(host.kernel.release.as_ref()));
        self.boot_id.push(known.optional(host.kernel.boot_id.as_ref()));
        self.started.push(Some(known.text(&result.started)));
        self.payload.push(Some(known.text(&result.payload)));
        self.result.push(whole(*number as u64));
        self.verdict.push(known.optional(result.verdict.as_ref()));
        self.name.push(Some(known.text(&metric.name)));
        self.labels.push(Some(known.object(&metric.labels)));
        self.value.push(Some(metric.value));
        self.unit.push(known.optional(metric.unit.as_ref()));
        self.polarity.push(Some(known.text(&metric.polarity)));
        self.target.push(metric.target);
        self.stream.push(Some(known.text(&metric.stream)));
        self.span_start.push(whole(start));
        self.span_length.push(whole(end.saturating_sub(start)));
    }

    /// Writes all rows, and forgets them.
    pub(super) fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, File>) -> Result<()> {
        const REQUIRED: bool = true;
        const OPTIONAL: bool = false;
        self.package.write::<ByteArrayType>(OPTIONAL, group)?;
        self.binary.write::<ByteArrayType>(REQUIRED, group)?;
        self.test.write::<ByteArrayType>(OPTIONAL, group)?;
        self.attempt.write::<Int64Type>(REQUIRED, group)?;
        self.parameters.write::<ByteArrayType>(REQUIRED, group)?;
        self.commit.write::<ByteArrayType>(OPTIONAL, group)?;
        self.host.write::<ByteArrayType>(OPTIONAL, group)?;
        self.kernel.write::<ByteArrayType>(OPTIONAL, group)?;
        self.boot_id.write::<ByteArrayType>(OPTIONAL, group)?;
        self.started.write::<ByteArrayType>(REQUIRED, group)?;
        self.payload.write::<ByteArrayType>(REQUIRED, group)?;
        self.result.write::<Int64Type>(REQUIRED, group)?;
        self.verdict.write::<ByteArrayType>(OPTIONAL, group)?;
        self.name.write::<ByteArrayType>(REQUIRED, group)?;
        self.labels.write::<ByteArrayType>(REQUIRED, group)?;
        self.value.write::<DoubleType>(REQUIRED, group)?;
        self.unit.write::<ByteArrayType>(OPTIONAL, group)?;
        self.polarity.write::<ByteArrayType>(REQUIRED, group)?;
        self.target.write::<DoubleType>(OPTIONAL, group)?;
        self.stream.write::<ByteArrayType>(REQUIRED, group)?;
        self.span_start.write::<Int64Type>(REQUIRED, group)?;
        self.span_length.write::<Int64Type>(REQUIRED, group)?;
        self.known.0.clear();
        Ok(())
    }
}
