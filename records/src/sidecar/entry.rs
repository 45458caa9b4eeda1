//! What is put into a ring: pieces of the record's JSON, each the moment it is known.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

use prill_core::{AssertResult, PayloadMetrics};
use serde::{Deserialize, Serialize};

use super::raw::Raw;
use crate::json::{self, Object};
use crate::model::{Host, Identity, Noise, Source};

/// The kind of a frame. A number is never used again for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Kind {
    /// [`Begun`]: the first frame of a ring.
    Begun = 1,
    /// A result: its number, then the object of `prill run --json` without checks and verdict.
    Measured = 2,
    /// What was thought of a result: its number, then an object with checks and verdict. The last one of a number counts.
    Judged = 3,
    /// A parameter of the test: an object with one key.
    Parameter = 4,
}

impl Kind {
    pub(super) fn of(number: u32) -> Option<Self> {
        [Self::Begun, Self::Measured, Self::Judged, Self::Parameter].into_iter().find(|kind| *kind as u32 == number)
    }
}

/// What is known at the beginning, and where the record is to be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) folder: PathBuf,
    pub(super) name: String,
    /// Which of the rings of the record this is, from 0.
    pub(super) part: u32,
    pub(super) identity: Identity,
    pub(super) source: Source,
    pub(super) host: Host,
    pub(super) noise: Noise,
    pub(super) started: String,
}

/// The bytes of a result, which carries its number before its JSON.
pub(super) fn measured(number: u32, metrics: &PayloadMetrics, raw: &[Raw]) -> Vec<u8> {
    let mut bytes = number.to_le_bytes().to_vec();
    let end = json::End::default();
    json::extraction_line(&mut bytes, metrics.extraction(), Some(metrics.exit_code()), |object| {
        json::result(object, metrics, end);
        object.string("started", &humantime::format_rfc3339_millis(metrics.started()).to_string());
        object.array("outputs", raw, |buffer, raw| json::value(buffer, &raw.kept));
    });
    while bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    bytes
}

/// The bytes of a verdict on the result of that number.
pub(super) fn judged(number: u32, verdict: &AssertResult, interrupted: bool) -> Vec<u8> {
    let mut bytes = number.to_le_bytes().to_vec();
    let mut object = Object::begin(&mut bytes);
    json::checks(&mut object, verdict);
    if interrupted {
        object.integer("interrupted", true);
    }
    object.end();
    bytes
}

/// The bytes of a parameter.
pub(super) fn parameter(key: &str, value: &str) -> Vec<u8> {
    serde_json::to_vec(&BTreeMap::from([(key, value)])).unwrap_or_default()
}

/// Number and JSON of a frame that has both.
pub(super) fn numbered(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, json) = bytes.split_first_chunk()?;
    Some((u32::from_le_bytes(*number), json))
}

pub(super) fn now() -> String {
    humantime::format_rfc3339_millis(SystemTime::now()).to_string()
}
