use prill_core::MetricSink;
use prill_core::scan::{Line, Scale, Search, number, unit};

/// A line that only HammerDB prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.has("TEST RESULT : System achieved ") || line.starts_with("HammerDB CLI v") || line.has("Geometric mean of query times")
}

/// What virtual users say.
#[derive(Debug, Default)]
pub(crate) struct Result {
    /// Whether HammerDB has said something before.
    known: bool,
}

impl Result {
    /// True for a line of HammerDB.
    pub(crate) fn line(&mut self, line: Line<'_>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        let (user, said) = user(text);
        self.known |= is_mark(text) || user.is_some();
        if !line.ended {
            return self.known;
        }
        if let Some(achieved) = said.strip_prefix("TEST RESULT : System achieved ") {
            achieved_rates(achieved, out);
        } else if said.starts_with("Error") || said.has(" FAILED") || said.starts_with("FINISHED FAILED") {
            self.known = true;
            out.tool_failed(text, format!("HammerDB says: {text}"));
            out.ignore(text, "message");
            return true;
        } else if let Some(rest) = said.strip_prefix("Completed ").filter(|rest| rest.has(" query set(s) in ")) {
            if let Some((token, _)) = rest.cut(" in ").and_then(|(_, time)| number::leading(time)) {
                let metric = out.metric("elapsed").unit(unit::SECOND).lower();
                user.into_iter().fold(metric, |metric, user| metric.label("user", user)).push(token);
            }
        } else if said.starts_with("Geometric mean of query times") {
            let Some((token, _)) = said.cut_last(" is ").and_then(|(_, time)| number::leading(time)) else { return true };
            let metric = out.metric("query.time").unit(unit::SECOND).lower();
            user.into_iter().fold(metric, |metric, user| metric.label("user", user)).push(token);
        } else if let Some((query, time)) = said.strip_prefix("query ").and_then(|rest| rest.cut(" completed in ")) {
            let Some((token, _)) = number::leading(time).filter(|(_, rest)| rest.trim() == "seconds") else { return true };
            let metric = out.metric("query.latency").unit(unit::SECOND).lower().label("query", query);
            user.into_iter().fold(metric, |metric, user| metric.label("user", user)).push(token);
        } else if !self.known {
            return false;
        }
        out.ignore(text, "progress or setting");
        true
    }
}

/// `29400 NOPM from 67620 MySQL TPM`, before 4.0 `67620 MySQL TPM at 29400 NOPM`. Both are by the minute.
fn achieved_rates(text: &str, out: &mut MetricSink) {
    let words: Vec<&str> = text.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        let is_orders = *word == "NOPM";
        if !is_orders && *word != "TPM" {
            continue;
        }
        // The database stands between the number and TPM.
        let Some(token) = words[..at].iter().rev().find(|word| number::is_token(word)) else { continue };
        let Some(value) = number::value(token, Scale::ONE) else { continue };
        let span = out.span_of(token);
        let (name, printed) = if is_orders { ("order.rate", "{order}/s") } else { ("transaction.rate", "{transaction}/s") };
        let metric = out.metric(name).unit(prill_core::Printed::base(printed)).higher();
        metric.push_derived(value / 60.0, vec![span]);
    }
}

/// The number of the virtual user that speaks, and what it says.
fn user(text: &str) -> (Option<&str>, &str) {
    let spoken = text.strip_prefix("Vuser ").and_then(number::leading);
    match spoken.and_then(|(user, rest)| Some((user, rest.strip_prefix(':')?))) {
        Some((user, said)) => (Some(user), said.trim()),
        None => (None, text),
    }
}
