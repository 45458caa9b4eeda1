use std::borrow::Cow;

use super::node::Node;

/// What the job was asked for: its own options, then the global ones.
pub(super) struct Options<'a, 't> {
    own: Option<Node<'a, 't>>,
    global: Option<Node<'a, 't>>,
    /// How many jobs the report has.
    jobs: usize,
}

impl<'a, 't> Options<'a, 't> {
    pub(super) fn new(own: Option<Node<'a, 't>>, global: Option<Node<'a, 't>>, jobs: usize) -> Self {
        Self { own, global, jobs }
    }

    /// True for a flag that is on.
    pub(super) fn is_set(&self, option: &str) -> bool {
        self.get(option).is_some_and(|value| value != "0")
    }

    /// True when the job ran for as long as it was allowed to: `time_based`, being a flag, is not among the options.
    pub(super) fn is_timed(&self, ran_ms: f64) -> bool {
        let limit: Option<f64> = self.get("runtime").and_then(|seconds| seconds.parse().ok());
        self.is_set("time_based") || limit.is_some_and(|seconds| seconds > 0.0 && ran_ms >= seconds * 1000.0)
    }

    /// True when the job was told not to measure latencies.
    pub(super) fn measures_no_latency(&self) -> bool {
        self.is_set("gtod_reduce") || (self.is_set("disable_lat") && self.is_set("disable_clat"))
    }

    /// True when the rate is limited.
    pub(super) fn is_throttled(&self) -> bool {
        ["rate", "rate_iops"].iter().any(|option| self.get(option).is_some())
    }

    /// The limit of the rate `name` (`throughput`, `iops`) of `op`, where it is clear: one job, no suffix that depends on
    /// `kb_base`.
    pub(super) fn limit(&self, name: &str, op: &str) -> Option<f64> {
        let grouped = self.get("numjobs").is_some_and(|n| n.parse() != Ok(self.jobs) && n != "1");
        if grouped || self.get("kb_base").is_some() {
            return None;
        }
        let value = self.get(if name == "iops" { "rate_iops" } else { "rate" })?;
        let mut list = value.split(',');
        let first = list.next()?;
        let value = match (op, list.next(), list.next()) {
            ("read", _, _) | ("write" | "trim", None, _) => first,
            ("write", Some(write), _) => write,
            ("trim", _, Some(trim)) => trim,
            _ => return None,
        };
        let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number: f64 = digits.parse().ok()?;
        let suffix = value[digits.len()..].to_ascii_lowercase();
        let factor = match suffix.as_str() {
            "" => 1.0,
            "k" | "ki" if name != "iops" => 1024.0,
            "m" | "mi" if name != "iops" => 1024.0 * 1024.0,
            "g" | "gi" if name != "iops" => 1024.0 * 1024.0 * 1024.0,
            _ => return None,
        };
        Some(number * factor)
    }

    fn get(&self, option: &str) -> Option<Cow<'t, str>> {
        [self.own, self.global].into_iter().flatten().find_map(|node| node.get(option)?.string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prill_core::scan::json::Document;

    fn limit(options: &str, name: &str, op: &str) -> Option<f64> {
        let document = Document::read(options);
        Options::new(document.root().map(Node), None, 1).limit(name, op)
    }

    #[test]
    fn a_limit_is_one_of_the_direction() {
        assert_eq!(limit(r#"{"rate_iops": "500"}"#, "iops", "read"), Some(500.0));
        assert_eq!(limit(r#"{"rate_iops": "500"}"#, "throughput", "read"), None);
        assert_eq!(limit(r#"{"rate": "1m,500k"}"#, "throughput", "write"), Some(512_000.0));
        assert_eq!(limit(r#"{"rate": ",500k"}"#, "throughput", "read"), None);
        assert_eq!(limit(r#"{"rate": "1m", "kb_base": "1000"}"#, "throughput", "read"), None);
        assert_eq!(limit(r#"{"rate": "1m", "numjobs": "4"}"#, "throughput", "read"), None);
        assert_eq!(limit(r#"{"rate": "1m"}"#, "throughput", "mixed"), None);
    }
}
