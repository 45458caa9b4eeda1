use std::io;
use std::path::Path;

use prill_records::model::{MetricRecord, Record, RunResult, State};

use super::{folder, pick};
use crate::args::Show;
use crate::io::Io;
use crate::status::{Failure, Status};
use crate::style::Palette;
use crate::table::{self, Grid};

/// `prill show`.
pub(crate) fn show(args: &Show, io: &mut Io<'_>) -> Result<Status, Failure> {
    let root = folder(args.dir.as_deref());
    let run = pick(args.run.as_deref().unwrap_or(Path::new("latest")), &root, io).map_err(Failure::usage)?;
    let mut shown = 0;
    let mut status = Status::Fine;
    for path in &run.records {
        let record = match prill_records::read(path) {
            Ok(record) => record,
            Err(error) => {
                let _ = writeln!(io.err, "warning: failed to {error}");
                status = Status::NotStarted;
                continue;
            }
        };
        if !args.test.as_ref().is_none_or(|wanted| record.name().contains(wanted)) {
            continue;
        }
        if args.json {
            // As it is: one record a line.
            let mut bytes = std::fs::read(path)?;
            bytes.retain(|byte| *byte != b'\n');
            bytes.push(b'\n');
            io.out.write_all(&bytes)?;
        } else {
            one(&record, shown > 0, io)?;
        }
        shown += 1;
    }
    if shown == 0 && status == Status::Fine {
        let _ = writeln!(io.err, "no record in {}{}", run.path.display(), if args.test.is_some() { " matches" } else { "" });
    }
    Ok(status)
}

fn one(record: &Record, apart: bool, io: &mut Io<'_>) -> io::Result<()> {
    let palette = Palette::new(io.out_look.colour);
    let Palette { strong, dim, .. } = palette;
    if apart {
        writeln!(io.out)?;
    }
    let style = palette.verdict(&record.verdict);
    let crashed = if record.state == State::Crashed { " (crashed)" } else { "" };
    writeln!(io.out, "{strong}{}{strong:#}: {style}{}{style:#}{crashed}", record.name(), record.verdict)?;
    let parameters: Vec<String> = record.identity.parameters.iter().map(|(key, value)| format!("{key}={value}")).collect();
    for (what, text) in [("error", record.error.clone()), ("varied", Some(parameters.join(", ")))] {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            writeln!(io.out, "  {dim}{what}{dim:#} {}", text.replace('\n', "\n  "))?;
        }
    }
    for lost in &record.lost {
        writeln!(io.out, "  {dim}lost{dim:#} {lost}")?;
    }
    record.results.iter().try_for_each(|result| result_of(result, io))
}

fn result_of(result: &RunResult, io: &mut Io<'_>) -> io::Result<()> {
    let palette = Palette::new(io.out_look.colour);
    let Palette { dim, .. } = palette;
    writeln!(io.out, "{dim}{}{dim:#}", result.argv.join(" "))?;
    let mut metrics: Vec<&MetricRecord> = result.metrics.iter().collect();
    metrics.sort_by(|a, b| table::natural(&a.name, &b.name).then_with(|| table::natural(&a.identity(), &b.identity())));
    let rows = metrics.into_iter().map(|metric| {
        let (number, unit) = table::cells(metric.human());
        [metric.identity(), number, unit, table::better(metric.polarity()).into_owned()]
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        let head = ["metric", "value", "unit", "better"];
        Grid { head, right: [false, true, false, false], rows }.print(io.out, io.out_look)?;
    }
    for said in &result.diagnostics {
        writeln!(io.out, "{}[{}]: {}", said.severity, said.code, said.message)?;
    }
    for check in &result.checks {
        let style = palette.verdict(&check.verdict);
        writeln!(io.out, "{style}{}{style:#}: {}: {}", check.verdict, check.check, check.reason)?;
    }
    Ok(())
}
