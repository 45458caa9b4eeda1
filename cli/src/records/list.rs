use std::collections::BTreeMap;

use anyhow::Context as _;
use prill_records::json::{self, Object};
use prill_records::model::State;
use prill_records::runs::{Run, runs};

use super::folder;
use crate::args::Runs;
use crate::io::Io;
use crate::status::{Failure, Status};
use crate::table::Grid;

/// `prill runs`.
pub(crate) fn list(args: &Runs, io: &mut Io<'_>) -> Result<Status, Failure> {
    let root = folder(args.dir.as_deref());
    super::say(&root, io);
    let all = runs(&root).with_context(|| format!("list the runs in {}", root.display())).map_err(Failure::usage)?;
    let mut rows = Vec::new();
    for run in &all {
        let summary = Summary::of(run, io);
        if args.json {
            summary.json(io, run)?;
        } else {
            rows.push(summary.row(run));
        }
    }
    if rows.is_empty() && !args.json {
        let _ = writeln!(io.err, "nothing is recorded in {}", root.display());
    } else if !args.json {
        let head = ["run", "began", "records", "verdicts", "commit", "kernel"];
        Grid { head, right: [false, false, true, false, false, false], rows }.print(io.out, io.out_look)?;
    }
    Ok(Status::Fine)
}

/// What became of a run.
#[derive(Default)]
struct Summary {
    verdicts: BTreeMap<String, usize>,
    crashed: usize,
    unreadable: usize,
}

impl Summary {
    fn of(run: &Run, io: &mut Io<'_>) -> Self {
        let mut summary = Self::default();
        for record in run.read() {
            match record {
                Ok(record) => {
                    *summary.verdicts.entry(record.verdict).or_default() += 1;
                    summary.crashed += usize::from(record.state == State::Crashed);
                }
                Err(error) => {
                    summary.unreadable += 1;
                    let _ = writeln!(io.err, "warning: failed to {error}");
                }
            }
        }
        summary
    }

    fn row(&self, run: &Run) -> [String; 6] {
        let mut said: Vec<String> = self.verdicts.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
        let more = [(self.crashed, "crashed"), (self.unreadable, "unreadable")];
        said.extend(more.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
        let source = &run.facts.source;
        let dirty = if source.dirty == Some(true) { "+" } else { "" };
        let commit = source.commit.as_deref().map_or_else(String::new, |c| format!("{}{dirty}", &c[..c.len().min(10)]));
        let began = run.facts.started.split('.').next().unwrap_or_default().replace('T', " ");
        let kernel = run.facts.host.kernel.release.clone().unwrap_or_default();
        [run.name.clone(), began, run.records.len().to_string(), said.join(", "), commit, kernel]
    }

    fn json(&self, io: &mut Io<'_>, run: &Run) -> std::io::Result<()> {
        let mut buffer = Vec::new();
        let mut object = Object::begin(&mut buffer);
        object.string("run", &run.name);
        object.string("path", &run.path.to_string_lossy());
        object.string("started", &run.facts.started);
        object.integer("records", run.records.len());
        object.object("verdicts", |verdicts| self.verdicts.iter().for_each(|(verdict, count)| verdicts.integer(verdict, count)));
        object.integer("crashed", self.crashed);
        object.integer("unreadable", self.unreadable);
        object.string_or_null("commit", run.facts.source.commit.as_deref());
        match run.facts.source.dirty {
            Some(dirty) => object.integer("dirty", dirty),
            None => object.null("dirty"),
        }
        json::value(object.key("host"), &run.facts.host);
        object.end();
        buffer.push(b'\n');
        io.out.write_all(&buffer)
    }
}
