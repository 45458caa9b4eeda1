//! A column of texts. Most are the same for all metrics of a record, and few differ among all records: each different text is kept
//! once (Parquet's dictionary), and each row has the number of one.
//!
//! The library looks each text of each row up, which takes most of the time of a file: thus these pages are made here. What is in
//! them is told by README.md and Encodings.md of apache/parquet-format 2.10.

use std::ops::Range;

use ahash::AHashMap;
use parquet::basic::Encoding;
use parquet::column::page::{CompressedPage, Page, PageWriter as _};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use super::LEVEL;
use super::column::{Column, Encoded};
use super::hybrid::Hybrid;

/// The longest text that a reader is told as the least or the greatest, as in the library.
const LONGEST_BOUND: usize = 64;

#[derive(Default)]
pub(super) struct Text {
    numbers: AHashMap<String, u32>,
    /// The different texts in the order of their numbers: for each its length, and the text (Parquet's PLAIN).
    dictionary: Vec<u8>,
    /// Where each of them stands there.
    places: Vec<Range<usize>>,
    /// Which text came after each of them last: outputs are periodic, so it is tried before it is looked for.
    follower: Vec<u32>,
    /// The text that came last.
    last: u32,
    /// The text of some rows, and how many rows; the last may go on.
    runs: Vec<(Option<u32>, usize)>,
    rows: usize,
}

impl Text {
    /// Adds `rows` rows.
    pub(super) fn push(&mut self, text: Option<&str>, rows: usize) {
        let goes_on = match (self.runs.last(), text) {
            (Some((Some(number), _)), Some(text)) => self.is(*number, text),
            (Some((None, _)), None) => true,
            _ => false,
        };
        if !goes_on {
            let number = text.map(|text| self.number(text));
            self.runs.push((number, 0));
        }
        self.again(rows);
    }

    /// Adds `rows` rows with the text of the last one.
    pub(super) fn again(&mut self, rows: usize) {
        if let Some((_, last)) = self.runs.last_mut() {
            *last += rows;
            self.rows += rows;
        }
    }

    fn is(&self, number: u32, text: &str) -> bool {
        self.places.get(number as usize).is_some_and(|place| self.dictionary[place.clone()] == *text.as_bytes())
    }

    fn number(&mut self, text: &str) -> u32 {
        let guess = self.follower.get(self.last as usize).copied();
        let number = match guess.filter(|guess| self.is(*guess, text)) {
            Some(guess) => guess,
            None => self.numbers.get(text).copied().unwrap_or_else(|| self.add(text)),
        };
        if let Some(follower) = self.follower.get_mut(self.last as usize) {
            *follower = number;
        }
        self.last = number;
        number
    }

    fn add(&mut self, text: &str) -> u32 {
        let number = u32::try_from(self.numbers.len()).expect("a group has less rows");
        self.numbers.insert(text.to_owned(), number);
        self.dictionary.extend(u32::try_from(text.len()).expect("texts of a record are smaller").to_le_bytes());
        self.places.push(self.dictionary.len()..self.dictionary.len() + text.len());
        self.dictionary.extend(text.as_bytes());
        self.follower.push(number);
        number
    }

    /// Which rows have a text, where a row may have none; then the number of each text.
    fn page(&self, optional: bool) -> Vec<u8> {
        let mut numbers = Hybrid::new(u32::try_from(self.numbers.len().saturating_sub(1)).expect("as above"));
        let mut defined = Hybrid::new(1);
        for (number, rows) in &self.runs {
            defined.push(number.is_some().into(), *rows);
            number.iter().for_each(|number| numbers.push(*number, *rows));
        }
        let mut page = Vec::new();
        if optional {
            let defined = defined.finish();
            page.extend(u32::try_from(defined.len()).expect("a group has less rows").to_le_bytes());
            page.extend(defined);
        }
        page.push(numbers.width());
        page.extend(numbers.finish());
        page
    }

    fn statistics(&self) -> Statistics {
        let bound = |text: Option<&String>| text.filter(|text| text.len() <= LONGEST_BOUND).map(|text| ByteArray::from(&**text));
        let (least, greatest) = (bound(self.numbers.keys().min()), bound(self.numbers.keys().max()));
        let without = self.runs.iter().filter(|(text, _)| text.is_none()).map(|(_, rows)| *rows as u64).sum();
        Statistics::new(least, greatest, None, Some(without), false)
    }
}

impl Column for Text {
    fn encode(&self, about: &ColumnDescPtr, properties: &WriterPropertiesPtr) -> Result<Encoded> {
        let mut memory = TrackedWrite::new(Vec::new());
        let mut pages = SerializedPageWriter::new(&mut memory);
        let rows = u32::try_from(self.rows).expect("a group has less");
        let dictionary = pages.write_page(pack(&self.dictionary, |buf| Page::DictionaryPage {
            buf: buf.into(),
            num_values: u32::try_from(self.numbers.len()).expect("no more than rows"),
            encoding: Encoding::PLAIN,
            is_sorted: false,
        })?)?;
        let data = pages.write_page(pack(&self.page(about.max_def_level() > 0), |buf| Page::DataPage {
            buf: buf.into(),
            num_values: rows,
            encoding: Encoding::RLE_DICTIONARY,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        })?)?;
        pages.close()?;
        let offset = |offset| i64::try_from(offset).expect("less than memory");
        let metadata = ColumnChunkMetaData::builder(about.clone())
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY])
            .set_compression_codec(properties.compression(about.path()).into())
            .set_num_values(rows.into())
            .set_total_compressed_size(offset(dictionary.bytes_written + data.bytes_written))
            .set_total_uncompressed_size(offset((dictionary.uncompressed_size + data.uncompressed_size) as u64))
            .set_dictionary_page_offset(Some(offset(dictionary.offset)))
            .set_data_page_offset(offset(data.offset))
            .set_statistics(self.statistics())
            .build()?;
        let about = ColumnCloseResult {
            bytes_written: dictionary.bytes_written + data.bytes_written,
            rows_written: rows.into(),
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok((memory.into_inner()?, about))
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

/// A page, compressed.
fn pack(bytes: &[u8], page: impl FnOnce(Vec<u8>) -> Page) -> Result<CompressedPage> {
    let packed = zstd::bulk::compress(bytes, LEVEL)?;
    Ok(CompressedPage::new(page(packed), bytes.len()))
}
