use std::borrow::Cow;
use std::collections::HashSet;

use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Printed};

use crate::counter::Counter;
use crate::row::{Columns, Row, is_curve, time_unit};
use crate::words;

const HEADER: &str =
    "name,iterations,real_time,cpu_time,time_unit,bytes_per_second,items_per_second,label,error_occurred,error_message";

/// Columns before those of the users' counters.
const FIXED: usize = 10;

/// True for the first line of the CSV reporter.
pub(crate) fn is_header(line: &str) -> bool {
    line.starts_with(HEADER)
}

/// The names of the users' counters; of a name that comes twice the first counts.
#[derive(Clone, Debug)]
pub(crate) struct Header<'t>(Vec<Option<Field<'t>>>);

impl<'t> Header<'t> {
    pub(crate) fn read(line: &'t str) -> Option<Self> {
        let counters = line.strip_prefix(HEADER)?;
        let mut seen = HashSet::new();
        Some(Self(fields(counters).skip(1).map(|field| seen.insert(field.raw).then_some(field)).collect()))
    }

    /// A row; `None` when it is cut, says that the benchmark failed, or is none.
    pub(crate) fn row(&self, line: Line<'t>, out: &mut MetricSink) -> Option<Row<'t>> {
        let fields: Vec<Field<'t>> = fields(line.trimmed()).collect();
        let text = |index: usize| fields.get(index).map_or("", |f| f.raw);
        // 1.8 on: `false` and a message where the benchmark was skipped.
        if matches!(text(8), "true" | "false") {
            let what = if text(8) == "true" { "ERROR OCCURRED" } else { "SKIPPED" };
            let message = fields.get(9).map_or_else(Cow::default, Field::text);
            let name = fields.first().map_or_else(Cow::default, Field::text);
            out.ignore(line.text, "message");
            words::stopped(&name, &format!("{what}: '{message}'"), line.trimmed(), out);
            return None;
        }
        if !line.ended && fields.len() < FIXED + self.0.len() {
            out.ignore(line.text, "row that is cut");
            return None;
        }
        fields.first().into_iter().for_each(|f| out.ignore(f.raw, "name"));
        let token = |index: usize| Some(text(index)).filter(|t| !t.is_empty());
        fields.get(7).into_iter().for_each(|f| out.ignore(f.raw, "label of the benchmark"));
        let mut counters: Vec<Counter<'t>> = Vec::new();
        for (index, name) in [(5, "bytes_per_second"), (6, "items_per_second")] {
            counters.extend(token(index).map(|token| Counter::bare(name.into(), token)));
        }
        for (index, name) in self.0.iter().enumerate() {
            let counter = name.and_then(|name| Some(Counter::bare(name.text(), token(FIXED + index)?)));
            counters.extend(counter);
        }
        let name = fields.first()?.text();
        let columns = columns(&name, text(4))?;
        if let (Columns::Wrong(why), Some(first), Some(last)) = (columns, fields.get(1), fields.get(3)) {
            let at = |part: &str| part.as_ptr().addr() - line.text.as_ptr().addr();
            let end = at(last.raw) + last.raw.len();
            let commas = line.text[end..].bytes().take_while(|b| *b == b',').count();
            out.ignore(&line.text[at(first.raw)..end + commas], why);
        }
        let known = |token: &&str| number::is_token(token);
        let row = Row {
            name,
            run: None,
            columns,
            is_fixed: false,
            real: token(2),
            cpu: token(3),
            iterations: token(1).filter(known),
            counters,
        };
        Some(row)
    }
}

/// What the columns of time hold, by the name of the row and the column of the unit.
fn columns<'t>(name: &str, word: &'t str) -> Option<Columns<'t>> {
    let ratio = Printed { unit: unit::RATIO.unit, scale: unit::RATIO.scale };
    Some(match time_unit(word) {
        // 1.7 scales a ratio as if it were a time; 1.9 leaves the unit empty.
        Some(_) if name.ends_with("_cv") => Columns::Wrong("scaled like a time by the reporter"),
        Some(time) => Columns::Time(time),
        None if is_curve(word) => Columns::Coefficient(word),
        None if name.ends_with("_RMS") => Columns::Wrong("scaled like a time by the reporter"),
        None if word.is_empty() => Columns::Ratio(ratio),
        None => return None,
    })
}

/// A field of a row.
#[derive(Clone, Copy, Debug)]
struct Field<'t> {
    /// Without its quotes; a quote within is doubled.
    raw: &'t str,
}

impl<'t> Field<'t> {
    fn text(&self) -> Cow<'t, str> {
        if self.raw.has("\"\"") { self.raw.replace("\"\"", "\"").into() } else { self.raw.into() }
    }
}

/// The fields of `line`, which commas separate outside of quotes.
fn fields(line: &str) -> impl Iterator<Item = Field<'_>> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut quoted = false;
        let comma = text.bytes().position(|byte| {
            quoted ^= byte == b'"';
            byte == b',' && !quoted
        });
        let field = &text[..comma.unwrap_or(text.len())];
        rest = comma.map(|at| &text[at + 1..]);
        Some(Field { raw: field.strip_prefix('"').and_then(|f| f.strip_suffix('"')).unwrap_or(field) })
    })
}
