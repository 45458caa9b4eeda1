use prill_core::diagnostic::code;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

const OPERATION: Printed = Printed::base("{operation}");
const RATE: Printed = Printed::base("{operation}/s");

/// What stress-ng says of each stressor, in the table and in the YAML.
#[derive(Default)]
pub(crate) struct Stressor<'t> {
    pub(crate) labels: Vec<(&'static str, String)>,
    pub(crate) operations: Option<&'t str>,
    pub(crate) wall_time: Option<&'t str>,
    pub(crate) user_time: Option<&'t str>,
    pub(crate) system_time: Option<&'t str>,
    pub(crate) wall_rate: Option<&'t str>,
    pub(crate) cpu_rate: Option<&'t str>,
    pub(crate) cpu_used: Option<&'t str>,
    pub(crate) rss: Option<&'t str>,
    /// The printed step of times and rates, where it is fixed.
    pub(crate) step: Option<f64>,
    /// The work was fixed by an option such as `--cpu-ops`.
    pub(crate) fixed: bool,
}

impl Stressor<'_> {
    /// Puts in what there is. A stressor that did not run has zeros for rates: they are placeholders.
    pub(crate) fn push(&self, out: &mut MetricSink) {
        let work = if self.fixed { Polarity::Informational } else { Polarity::Higher };
        self.put("bogo.operations", None, self.operations, OPERATION, work, out);
        self.put("elapsed", None, self.wall_time, unit::SECOND, Polarity::Informational, out);
        self.put("cpu.time", Some(("mode", "user")), self.user_time, unit::SECOND, Polarity::Unknown, out);
        self.put("cpu.time", Some(("mode", "system")), self.system_time, unit::SECOND, Polarity::Unknown, out);
        let idle = is_zero(self.wall_time) || is_zero(self.operations) && self.wall_time.is_none();
        let no_cpu = idle || is_zero(self.user_time) && is_zero(self.system_time) && is_zero(self.cpu_rate);
        self.rate("wall", self.wall_rate, idle, out);
        self.rate("cpu", self.cpu_rate, no_cpu, out);
        match self.cpu_used {
            Some(token) if idle => self.placeholder("cpu.utilization", token, out),
            token => self.put("cpu.utilization", None, token, unit::PERCENT, Polarity::Unknown, out),
        }
        self.put("rss.max", None, self.rss, unit::KIB, Polarity::Lower, out);
    }

    fn rate(&self, time: &'static str, token: Option<&str>, empty: bool, out: &mut MetricSink) {
        match token {
            Some(token) if empty => self.placeholder("bogo.rate", token, out),
            token => self.put("bogo.rate", Some(("time", time)), token, RATE, Polarity::Higher, out),
        }
    }

    fn placeholder(&self, name: &str, token: &str, out: &mut MetricSink) {
        let who = self.labels.iter().find(|(key, _)| *key == "stressor").map_or("?", |(_, name)| name);
        out.warn(code::NO_SAMPLES, token, format!("{name} of stressor {who} has no value: no time was spent in it"));
        out.ignore(token, "placeholder");
    }

    fn put(
        &self,
        name: &str,
        label: Option<(&'static str, &'static str)>,
        token: Option<&str>,
        printed: Printed,
        polarity: Polarity,
        out: &mut MetricSink,
    ) {
        let Some(token) = token else { return };
        let mut metric = out.metric(name).unit(printed).polarity(polarity);
        for (key, value) in self.labels.iter().map(|(k, v)| (*k, v.as_str())).chain(label) {
            metric = metric.label(key, value);
        }
        if let (Some(step), true) = (self.step, token.contains('.')) {
            metric = metric.resolution(step * printed.scale.factor());
        }
        metric.push(token);
    }
}

fn is_zero(token: Option<&str>) -> bool {
    token.and_then(|t| number::value(t, unit::SECOND.scale)) == Some(0.0)
}

/// Whether an option such as `--cpu-ops 20` fixed the work of `stressor`.
pub(crate) fn is_fixed(argv: Option<&[String]>, stressor: &str) -> bool {
    let option = format!("--{stressor}-ops");
    argv.unwrap_or_default().iter().any(|word| word.split('=').next() == Some(option.as_str()))
}
