//! `prill doctor`: what this machine offers, and what that means for measurements.

mod clock;
mod counters;
mod cpus;
mod finding;
mod guest;
mod kernel;
mod limits;
mod memory;
mod noise;
mod print;
mod start;
mod tools;

use prill_core::process::machine::{self, Cycles, Machine};

use crate::args::Doctor;
use crate::io::Io;
use crate::status::{Failure, Status};
use finding::Finding;

pub(crate) fn run(args: &Doctor, io: &mut Io<'_>) -> Result<Status, Failure> {
    let report = examine(&Machine::here());
    if args.json {
        print::json(&report, io.out)?;
    } else {
        print::table(&report, io.out, io.out_look)?;
    }
    Ok(report.status())
}

/// All that was found.
struct Report {
    findings: Vec<Finding>,
    tools: Vec<tools::Tool>,
    /// A payload can be started, and its output captured.
    can_run: bool,
}

impl Report {
    /// A machine that is noisy, or lacks something, still measures.
    fn status(&self) -> Status {
        if self.can_run { Status::Fine } else { Status::Failed }
    }
}

/// Reads the files of `machine`, and tries on this one what they do not say.
fn examine(machine: &Machine) -> Report {
    let (way, pipe) = (machine::spawn_path(), machine::try_pipe());
    let can_run = start::works(&way) && pipe.is_ok();
    let mut findings = vec![start::spawn(&way)];
    findings.extend(start::cgroups(&machine.cgroups(), &machine::try_cgroup()));
    findings.extend(limits::all(&pipe, machine.pipes(), machine.limits()));
    findings.push(counters::cycles(
        &machine::count_cycles(Cycles::User),
        &machine::count_cycles(Cycles::All),
        machine.perf_event_paranoid(),
    ));
    let cpus = machine.cpus();
    findings.extend(clock::all(&machine.frequency(), cpus.virtual_machine));
    findings.extend(cpus::all(&cpus));
    findings.extend(memory::all(&machine.numa(), machine.huge_pages()));
    findings.extend(kernel::all(&machine.mitigations(), machine.clocksource().as_ref()));
    findings.extend(noise::all(machine.load(), machine.steal(), &cpus));
    findings.push(guest::kvm(&machine::try_kvm(machine)));
    let tools = tools::declared();
    findings.push(tools::found(&tools));
    Report { findings, tools, can_run }
}

#[cfg(test)]
mod tests;
