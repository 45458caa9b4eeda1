use prill_core::Registry;
use prill_core::extract::{auto, recognise};

use crate::{Case, Hard};

/// What `auto` makes of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// The text alone says of which format it is, or holds no number and so may stay unrecognised.
    Right,
    /// The text fits these formats equally well, and the command decides for the right one.
    Tie(Vec<String>),
    /// These formats, or none, are taken for it.
    Wrong(Vec<String>),
}

/// Judges what is recognised in `case`, an output of one of `formats`: first by the text, then by the command too.
#[must_use]
pub fn recognised(case: &Case, formats: &[&str], registry: &Registry, measured: bool) -> Recognised {
    let best = |captures| recognise(registry, &captures).best().iter().map(|c| c.format.clone()).collect::<Vec<_>>();
    let right = |names: &[String]| matches!(names, [one] if formats.contains(&one.as_str()));
    let by_text = best(case.text_alone());
    // An output of another tool belongs to that tool's format.
    let mine = by_text.iter().any(|name| formats.contains(&name.as_str()));
    if case.shows == Some(Hard::WrongTool) && !mine {
        return Recognised::Right;
    }
    if right(&by_text) {
        return Recognised::Right;
    }
    // Where there is no number, whoever says why may do so.
    if !measured && auto(registry, &case.text_alone(), &[]).metrics.is_empty() {
        return Recognised::Right;
    }
    if (mine || by_text.is_empty()) && right(&best(case.captures())) {
        Recognised::Tie(by_text)
    } else {
        Recognised::Wrong(by_text)
    }
}
