//! `prill explain`: the raw text, with every extracted number marked and named.
//!
//! - [`marks`]: what is known of the bytes of a stream
//! - [`numbers`]: the numbers that nobody claimed
//! - [`line`]: a line as it is shown
//! - [`layout`]: where the names stand

mod layout;
mod line;
mod marks;
mod numbers;

use std::path::PathBuf;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use prill_core::{Diagnostic, Text};

use crate::args::Explain;
use crate::extract::{read, status};
use crate::formats_file;
use crate::io::Io;
use crate::status::{Failure, Status};
use crate::style::Palette;
use crate::table::{Common, diagnostics};

use layout::Layout;
use line::Line;
use marks::Marks;

pub(crate) fn run(args: &Explain, files: &[PathBuf], io: &mut Io<'_>) -> Result<Status, Failure> {
    let registry = formats_file::registry(files)?;
    let captured = read(&args.sources, &registry, io)?;
    let extraction = captured.extract(&registry)?;
    let common = Common::of(extraction.metrics.iter());
    let palette = Palette::new(io.out_look.colour);
    common.print(io.out, io.out_look)?;
    let placeless = |d: &&Diagnostic| d.stream.is_none();
    diagnostics(io.out, io.out_look, extraction.diagnostics.iter().filter(placeless));
    let mut others = Others::default();
    for (stream, bytes) in captured.read_by(&extraction) {
        let Palette { strong, dim, .. } = palette;
        let read = extraction.stream.as_ref().is_none_or(|only| *only == stream);
        let how = if read { format!("read as {}", extraction.format) } else { format!("not read by {}", extraction.format) };
        writeln!(io.out, "{strong}{stream}{strong:#} {dim}({} bytes, {how}){dim:#}", bytes.len())?;
        let about = |d: &&Diagnostic| d.stream.as_ref() == Some(&stream) && d.span.is_none();
        diagnostics(io.out, io.out_look, extraction.diagnostics.iter().filter(about));
        let marks = Marks::of(&extraction, &stream, &common);
        explain(io, &Text::new(bytes), &marks, &mut others)?;
    }
    others.print(io, extraction.metrics.len())?;
    Ok(status(&extraction))
}

/// Shows one stream.
fn explain(io: &mut Io<'_>, text: &Text<'_>, marks: &Marks, others: &mut Others) -> io::Result<()> {
    let palette = Palette::new(io.out_look.colour);
    let layout = Layout::fit(lines(text, marks), io.out_look.width.unwrap_or(layout::WIDTH), io.out_look.colour);
    for line in lines(text, marks) {
        others.add(&line);
        layout.print(io.out, &line, &palette)?;
    }
    Ok(())
}

fn lines<'t>(text: &'t Text<'_>, marks: &'t Marks) -> impl Iterator<Item = Line<'t>> {
    let mut end = 0;
    text.as_str().split_inclusive('\n').map(move |line| {
        let start = end;
        end += line.len();
        Line::new(line.trim_end_matches(['\n', '\r']), start, end, marks)
    })
}

/// The numbers that are no metric.
#[derive(Default)]
struct Others {
    ignored: BTreeMap<&'static str, usize>,
    unclaimed: usize,
}

impl Others {
    fn add(&mut self, line: &Line<'_>) {
        for other in &line.others {
            match other {
                Some(why) => *self.ignored.entry(why).or_default() += 1,
                None => self.unclaimed += 1,
            }
        }
    }

    fn print(&self, io: &mut Io<'_>, metrics: usize) -> io::Result<()> {
        let Palette { dim, .. } = Palette::new(io.out_look.colour);
        let ignored: usize = self.ignored.values().sum();
        writeln!(io.out, "{dim}metrics: {metrics}; other numbers: {ignored} on purpose, {} unclaimed{dim:#}", self.unclaimed)?;
        let mut reasons: Vec<_> = self.ignored.iter().collect();
        reasons.sort_by_key(|(_, count)| Reverse(**count));
        for (why, count) in reasons {
            writeln!(io.out, "{dim}{count:6}  {why}{dim:#}")?;
        }
        Ok(())
    }
}
