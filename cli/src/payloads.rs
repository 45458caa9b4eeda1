//! `prill payloads`.

use std::path::PathBuf;

use anyhow::anyhow;
use prill_core::{OutputFormat, PayloadKind, Registry, payload};

use crate::args::Payloads;
use crate::formats_file;
use crate::io::Io;
use crate::status::{Failure, Status};
use crate::style::Palette;
use crate::table::Grid;

pub(crate) fn run(args: &Payloads, files: &[PathBuf], io: &mut Io<'_>) -> Result<Status, Failure> {
    let registry = formats_file::registry(files)?;
    let all = payload::registered();
    if all.is_empty() {
        let error =
            anyhow!("find any payload: none is linked; name the crate of one in the program (`use prill_payloads as _;`)");
        return Err(Failure::not_started(error));
    }
    if !args.verbose {
        let rows = all.iter().map(|p| {
            let payload = p.payload;
            [payload.name.to_owned(), program(payload.kind), format(payload.output, &registry), p.summary.to_owned()]
        });
        let head = ["payload", "program", "format", "what it is"];
        Grid { head, right: [false; 4], rows: rows.collect() }.print(io.out, io.out_look)?;
        return Ok(Status::Fine);
    }
    let Palette { strong, dim, .. } = Palette::new(io.out_look.colour);
    for p in all {
        let payload = p.payload;
        writeln!(io.out, "{strong}{}{strong:#}  {}", payload.name, p.summary)?;
        let checks: Vec<String> = payload.default_checks.iter().map(ToString::to_string).collect();
        for (what, value) in [
            ("program", program(payload.kind)),
            ("format", format(payload.output, &registry)),
            ("args", payload.default_args.join(" ")),
            ("checks", checks.join("; ")),
        ] {
            if !value.is_empty() {
                writeln!(io.out, "  {dim}{what:7}{dim:#}  {value}")?;
            }
        }
    }
    Ok(Status::Fine)
}

fn program(kind: PayloadKind) -> String {
    match kind {
        PayloadKind::Binary(exe) => exe.to_owned(),
        PayloadKind::Builtin(_) => "(built in)".to_owned(),
        PayloadKind::Scheduler(exe) => format!("{exe} (scheduler)"),
    }
}

fn format(format: OutputFormat, registry: &Registry) -> String {
    let linked = format == OutputFormat::AUTO || registry.find(format).is_ok();
    format!("{format}{}", if linked { "" } else { " (not linked)" })
}
