//! The record, out of the frames of its rings.

use std::collections::BTreeMap;

use prill_core::AssertResult;

use super::entry::{Begun, Kind, numbered};
use crate::json::{self, Object};
use crate::model::{Noise, SCHEMA, State};
use crate::ring::{Frame, Recovered};

/// What the rings of one record hold.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) begun: Option<Begun>,
    results: BTreeMap<u32, Piece>,
    parameters: BTreeMap<String, String>,
    lost: Vec<String>,
}

/// JSON of a result and of what was thought of it.
#[derive(Debug, Default)]
struct Piece {
    measured: Vec<u8>,
    judged: Vec<u8>,
}

/// How it ended.
#[derive(Debug)]
pub(super) struct Ending<'a> {
    pub(super) state: State,
    pub(super) noise: Noise,
    /// Not known of a process that died.
    pub(super) ended: Option<String>,
    pub(super) verdict: Option<&'a AssertResult>,
    pub(super) error: Option<String>,
}

impl Pieces {
    /// Adds what one ring holds.
    pub(super) fn add(&mut self, ring: Recovered) {
        self.lost.extend(ring.damage.map(|damage| damage.to_string()));
        ring.frames.into_iter().for_each(|frame| self.frame(frame));
    }

    fn frame(&mut self, frame: Frame) {
        let done = match Kind::of(frame.kind) {
            Some(Kind::Begun) => serde_json::from_slice(&frame.bytes).map(|begun| _ = self.begun.get_or_insert(begun)).is_ok(),
            Some(Kind::Parameter) => {
                serde_json::from_slice::<BTreeMap<String, String>>(&frame.bytes).map(|p| self.parameters.extend(p)).is_ok()
            }
            Some(Kind::Measured) => self.put(&frame, |piece| &mut piece.measured),
            Some(Kind::Judged) => self.put(&frame, |piece| &mut piece.judged),
            None => false,
        };
        if !done {
            let Frame { kind, bytes, .. } = frame;
            self.lost.push(format!("a frame of kind {kind} and {} bytes, which this prill does not know", bytes.len()));
        }
    }

    fn put(&mut self, frame: &Frame, place: impl FnOnce(&mut Piece) -> &mut Vec<u8>) -> bool {
        let Some((number, json)) = numbered(&frame.bytes) else { return false };
        // The checksum is right, so this is what was put in; it is still not trusted to be JSON.
        let whole = serde_json::from_slice::<serde::de::IgnoredAny>(json).is_ok() && json.len() >= 2 && json[0] == b'{';
        if whole {
            *place(self.results.entry(number).or_default()) = json.to_vec();
        }
        whole
    }

    /// The record; `None` where no ring says what it is of.
    pub(super) fn record(mut self, ending: &Ending<'_>) -> Option<Vec<u8>> {
        let mut begun = self.begun.take()?;
        begun.identity.parameters.append(&mut self.parameters);
        let mut bytes = Vec::new();
        let mut object = Object::begin(&mut bytes);
        object.integer("schema", SCHEMA);
        put(&mut object, "state", &ending.state);
        put(&mut object, "identity", &begun.identity);
        put(&mut object, "source", &begun.source);
        put(&mut object, "host", &begun.host);
        put(&mut object, "noise", &ending.noise);
        object.string("started", &begun.started);
        object.string_or_null("ended", ending.ended.as_deref());
        let none = AssertResult::new();
        json::outcomes(&mut object, ending.verdict.unwrap_or(&none));
        let judged = ending.verdict.filter(|_| ending.error.is_none());
        object.string("verdict", judged.map_or("failed", |verdict| verdict.verdict().word()));
        object.string_or_null("error", ending.error.as_deref());
        let results = std::mem::take(&mut self.results);
        self.lost.extend(
            results
                .iter()
                .filter(|(_, piece)| piece.measured.is_empty())
                .map(|(number, _)| format!("result {}, of which only the verdict was emitted", number + 1)),
        );
        let whole = results.values().filter(|piece| !piece.measured.is_empty());
        object.array("results", whole, |buffer, piece| piece.write(buffer));
        put(&mut object, "lost", &self.lost);
        object.end();
        bytes.push(b'\n');
        Some(bytes)
    }
}

impl Piece {
    /// One object out of two.
    fn write(&self, buffer: &mut Vec<u8>) {
        let Some(verdict) = self.judged.strip_prefix(b"{") else { return buffer.extend(&self.measured) };
        buffer.extend(&self.measured[..self.measured.len() - 1]);
        buffer.push(b',');
        buffer.extend(verdict);
    }
}

fn put(object: &mut Object<'_>, key: &str, value: &impl serde::Serialize) {
    json::value(object.key(key), value);
}
