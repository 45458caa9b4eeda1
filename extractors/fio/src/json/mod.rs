//! JSON and json+: `show_thread_status_json` and `add_ddir_status_json` in `stat.c` of fio 2.1, 2.1x, 3.25, 3.33 and 3.41,
//! `json_array_add_disk_util`, `show_idle_prof_stats` in `idletime.c` and, with `--client`, `client.c`.

mod devices;
mod direction;
mod job;
mod latency;
mod node;
mod options;
mod problems;
mod report;
mod steady;
mod unknown;

use prill_core::{Input, MetricSink};

pub(crate) use report::Report;

use crate::labels::{self, Labels};
use crate::work::Work;
use job::Job;
use node::Node;
use options::Options;
use unknown::Unknown;

/// Reads a document into `out`.
pub(crate) fn extract(report: &Report<'_>, input: &Input<'_>, out: &mut MetricSink) {
    let Some(root) = report.root() else { return };
    let global = root.get("global options");
    let work = Work::of_argv(input.argv());
    let common = Labels::default();
    let nodes: Vec<Node<'_, '_>> = jobs(root).collect();
    let identities: Vec<_> = nodes.iter().map(|node| job::identity(*node)).collect();
    let unknown = Unknown::default();
    let version = root.get("fio version").and_then(Node::string).unwrap_or_default();
    for (node, labels) in nodes.iter().zip(labels::of_jobs(&identities, &common)) {
        let options = Options::new(node.get("job options"), global, nodes.len());
        Job::new(*node, labels, options, work, &version, &unknown).extract(out);
    }
    for child in root.children() {
        match child.key() {
            "jobs" | "client_stats" => {}
            "disk_util" => devices::extract(child, &common, out),
            "cpu_idleness" => devices::idleness(child, &common, out),
            "fio version" => out.ignore(child.text(), "the version of fio"),
            "timestamp" | "timestamp_ms" | "time" => out.ignore(child.text(), "the date"),
            "global options" => out.ignore(child.text(), "the job's settings"),
            _ => unknown.add(child, out),
        }
    }
    unknown.say(out);
}

/// The jobs, those of servers too.
fn jobs<'a, 't>(root: Node<'a, 't>) -> impl Iterator<Item = Node<'a, 't>> {
    ["jobs", "client_stats"].into_iter().filter_map(move |key| root.get(key)).flat_map(Node::children)
}
