use prill_core::diagnostic::code;
use prill_core::scan::number;
use prill_core::{MetricSink, Text};

use crate::put::{Kind, Place, percentile_of, put};

/// An element that only DiskSpd writes.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("<TestTimeSeconds>") || line.starts_with("<ThreadsPerFile>")
}

/// Reads the elements, of which each stands on a line of its own (`XmlResultParser.cpp`). True when the text ends in one.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> bool {
    let mut page = Page::default();
    for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
        let shown = line.trimmed();
        let Some(element) = shown.strip_prefix('<') else {
            out.ignore(shown, "message");
            continue;
        };
        if let Some(name) = element.strip_prefix('/') {
            page.leave(name.trim_end_matches('>'));
        } else if let Some((name, rest)) = element.split_once('>').filter(|(_, rest)| !rest.is_empty()) {
            match rest.strip_suffix(&format!("</{name}>")) {
                Some(value) => page.leaf(name, value, out),
                None => out.ignore(shown, "setting"),
            }
        } else if element.ends_with("/>") || element.contains(' ') {
            out.ignore(shown, "system");
        } else if element.ends_with('>') {
            page.enter(element.trim_end_matches('>'));
        }
    }
    !page.path.is_empty() || !page.ended
}

#[derive(Debug, Default)]
struct Page<'t> {
    path: Vec<&'t str>,
    ended: bool,
    timespans: usize,
    timespan: String,
    cpu: Option<&'t str>,
    group: Option<&'t str>,
    thread: Option<&'t str>,
    file: Option<&'t str>,
    percentile: Option<String>,
}

impl<'t> Page<'t> {
    fn enter(&mut self, name: &'t str) {
        match name {
            "TimeSpan" if self.path.last() == Some(&"Results") => {
                self.timespans += 1;
                self.timespan = self.timespans.to_string();
            }
            "CPU" | "Average" => (self.cpu, self.group) = (None, None),
            "Thread" => (self.thread, self.file) = (None, None),
            "Latency" => (self.thread, self.file) = (None, None),
            "Bucket" => self.percentile = None,
            _ => {}
        }
        self.path.push(name);
    }

    fn leave(&mut self, name: &str) {
        if self.path.last() == Some(&name) {
            self.path.pop();
        }
        self.ended |= name == "Results";
    }

    fn leaf(&mut self, name: &'t str, value: &'t str, out: &mut MetricSink) {
        let above = self.path.last().copied().unwrap_or_default();
        let in_results = self.path.get(1) == Some(&"TimeSpan");
        if !in_results {
            return out.ignore(value, "setting or system");
        }
        match (above, name) {
            ("CPU", "Id") => self.cpu = Some(value),
            ("CPU", "Group") => self.group = Some(value),
            ("Thread", "Id") => self.thread = Some(value),
            ("Target", "Path") => self.file = Some(value),
            ("Bucket", "Percentile") => self.percentile = percentile_of(value),
            _ => return self.number(above, name, value, out),
        }
        out.ignore(value, "label");
    }

    fn number(&self, above: &str, name: &str, token: &str, out: &mut MetricSink) {
        let kind = kind(above, name, self.percentile.as_deref());
        let Some((kind, op)) = kind.filter(|_| number::is_token(token)) else {
            return out.ignore(token, "setting, or a part of a distribution");
        };
        if matches!(kind, Kind::Latency(_)) && above != "Bucket" && token.bytes().all(|b| matches!(b, b'0' | b'.')) {
            out.ignore(token, "placeholder");
            return out.note(code::NO_SAMPLES, token, "a latency of no operation is a placeholder");
        }
        let group = self.group.filter(|group| *group != "0").zip(self.cpu).map(|(group, cpu)| format!("{group}:{cpu}"));
        let is_cpu = matches!(kind, Kind::Processor(_));
        let place = Place {
            op,
            thread: self.thread.filter(|_| above == "Target"),
            file: self.file.filter(|_| above == "Target"),
            cpu: group.as_deref().or(self.cpu).filter(|_| is_cpu && above == "CPU"),
            // Only the second one has to be told from the first.
            timespan: (self.timespans > 1).then_some(self.timespan.as_str()),
        };
        put(&kind, token, place, out);
    }
}

/// What an element is, and of which operation.
fn kind(above: &str, name: &str, percentile: Option<&str>) -> Option<(Kind, Option<&'static str>)> {
    let mean = || Kind::Latency("mean".to_owned());
    let deviation = || Kind::Latency("stddev".to_owned());
    let at = || percentile.map(|stat| Kind::Latency(stat.to_owned()));
    let (read, write) = (Some("read"), Some("write"));
    Some(match (above, name) {
        ("TimeSpan", "TestTimeSeconds") => (Kind::Elapsed, None),
        ("CPU" | "Average", "UsagePercent") => (Kind::Processor(None), None),
        ("CPU" | "Average", "UserPercent") => (Kind::Processor(Some("user")), None),
        ("CPU" | "Average", "KernelPercent") => (Kind::Processor(Some("kernel")), None),
        ("CPU" | "Average", "IdlePercent") => (Kind::Processor(Some("idle")), None),
        ("Target", "BytesCount") => (Kind::Bytes, None),
        ("Target", "IOCount") => (Kind::Count, None),
        ("Target", "ReadBytes") => (Kind::Bytes, read),
        ("Target", "ReadCount") => (Kind::Count, read),
        ("Target", "WriteBytes") => (Kind::Bytes, write),
        ("Target", "WriteCount") => (Kind::Count, write),
        ("Target", "AverageLatencyMilliseconds") | ("Latency", "AverageTotalMilliseconds") => (mean(), None),
        ("Target", "AverageReadLatencyMilliseconds") | ("Latency", "AverageReadMilliseconds") => (mean(), read),
        ("Target", "AverageWriteLatencyMilliseconds") | ("Latency", "AverageWriteMilliseconds") => (mean(), write),
        ("Target" | "Latency", "LatencyStdev") => (deviation(), None),
        ("Target" | "Latency", "ReadLatencyStdev") => (deviation(), read),
        ("Target" | "Latency", "WriteLatencyStdev") => (deviation(), write),
        ("Bucket", "TotalMilliseconds") => (at()?, None),
        ("Bucket", "ReadMilliseconds") => (at()?, read),
        ("Bucket", "WriteMilliseconds") => (at()?, write),
        ("Iops", "IopsStdDev") => (Kind::IopsDeviation, None),
        ("Iops", "ReadIopsStdDev") => (Kind::IopsDeviation, read),
        ("Iops", "WriteIopsStdDev") => (Kind::IopsDeviation, write),
        _ => return None,
    })
}
