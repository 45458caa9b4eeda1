//! What `openssl speed` prints.
//!
//! - [`OpensslSpeed`]: the format
//! - `bulk`: the table of ciphers and hashes; `keys`: the tables of signatures, key exchanges and the like; `machine`: `-mr`
//! - `value`: an operation with a key
#![forbid(unsafe_code)]

mod bulk;
mod keys;
mod machine;
mod value;

use prill_core::scan::{Line, Search};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of `openssl speed`.
pub struct OpensslSpeed;

impl Extractor for OpensslSpeed {
    fn name(&self) -> &str {
        "openssl-speed"
    }

    fn summary(&self) -> &str {
        "throughput of ciphers and hashes, rates of signatures and key exchanges (openssl speed): tables, -mr, -multi"
    }

    fn streams(&self) -> Streams {
        // Numbers are on stdout; on stderr are counts, and why there are none.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine =
            |line: &str| bulk::is_title(line) || keys::columns(line).is_some() || machine::is_mine(line) || is_refusal(line);
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if *input.stream() == Stream::Stderr {
            return messages(input.text(), out);
        }
        let mut page = Page::default();
        for line in input.text().lines().filter(|line| !line.trimmed().is_empty()) {
            page.line(line, out);
        }
        match (page.known, page.cut) {
            (_, true) => Err(ExtractError::Truncated { at: input.text().end() }),
            (false, _) => Err(ExtractError::NotFound),
            _ => Ok(()),
        }
    }
}

/// What is on stderr.
fn messages(text: &Text<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let mut known = !out.is_empty();
    let mut failed = false;
    for line in text.lines().map(|line| line.trimmed()).filter(|line| !line.is_empty()) {
        if is_refusal(line) || line.has("failure.  No ") || line.starts_with("EVP error!") {
            known = true;
            if !std::mem::replace(&mut failed, true) {
                out.tool_failed(line, format!("openssl says: {line}"));
            }
        }
        let counts =
            line.starts_with("Doing ") && [" size blocks: ", "'s for ", " ops for "].iter().any(|part| line.contains(part));
        known |= counts || line.starts_with("+DT");
        if known {
            out.ignore(line, "count of operations, which the table holds as a rate, or message");
        }
    }
    if known { Ok(()) } else { Err(ExtractError::NotFound) }
}

fn is_refusal(line: &str) -> bool {
    line.starts_with("speed: ")
}

#[derive(Default)]
struct Page<'t> {
    known: bool,
    cut: bool,
    bulk: bulk::Table<'t>,
    keys: Option<Vec<keys::Column>>,
}

impl<'t> Page<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let shown = line.trimmed();
        if !line.ended {
            self.cut = self.known || machine::is_mine(shown);
            // The last word may have gone on; those before it are whole.
            let whole = shown.rfind(' ').map_or("", |at| shown[..at].trim_end());
            let row = self.keys.is_none() && self.bulk.begun(whole, out);
            return out.ignore(if row { &shown[whole.len()..] } else { line.text }, "line that is cut");
        }
        if let Some(columns) = keys::columns(shown) {
            self.known = true;
            self.keys = Some(columns);
            return;
        }
        let is_mine = self.bulk.header(shown, out)
            || machine::line(shown, &mut self.bulk, out)
            || self.keys.as_ref().is_some_and(|columns| keys::row(shown, columns, out))
            || self.bulk.row(shown, out);
        self.known |= is_mine;
        if !is_mine {
            out.ignore(shown, "version, or options of the build");
        }
    }
}

prill_core::register_extractor!(OpensslSpeed);

#[cfg(test)]
mod tests;
