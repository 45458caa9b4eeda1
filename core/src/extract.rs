//! From captured text to metrics.
//!
//! - [`Extractor`]: one format; [`Input`]: the text of one stream; [`MetricSink`]: where the numbers go
//! - [`Series`], [`LabelSet`], [`Kept`]: what number after number shares, looked up once
//! - [`Paths`]: the numbers of a document of no known format; [`say_json`], [`json_end`]: what is odd about a document
//! - [`Captures`]: the streams of one run; [`run`]: an extractor over them; [`auto`]: the format that knows them best

mod auto;
mod builtin;
mod captures;
mod driver;
mod error;
mod extractor;
mod format;
mod json;
mod recognise;
mod sink;

pub use auto::auto;
pub(crate) use builtin::ExitCode;
pub use captures::{Captures, Piece};
pub use driver::{Extraction, run};
pub use error::ExtractError;
pub use extractor::{Extractor, Input, Sniff, Streams};
pub use format::OutputFormat;
pub use json::{json_end, say_json};
pub use recognise::{Candidate, Recognition, recognise};
pub use sink::{Emit, Ignored, IgnoredList, Kept, LabelSet, MetricSink, Paths, Segment, Series};
