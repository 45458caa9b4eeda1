//! What the reader says of a text, in the words of diagnostics.

use prill_core::diagnostic::{Diagnostic, code};
use prill_core::scan::json::{Problem, ProblemKind, Problems};
use prill_core::{Input, MetricSink, Span};

use super::report::is_other;

/// Reports `problems`, whose spans count from the start of the text.
pub(super) fn say(problems: &Problems, input: &Input<'_>, out: &mut MetricSink) {
    let mut others = None;
    for problem in problems.iter() {
        if is_other(problem.kind) {
            out.ignore_span(shifted(problem.span, input), "another report; the last whole one counts");
        }
        match problem.kind {
            ProblemKind::OtherDocument => drop(others.get_or_insert(problem)),
            _ => one(problem, input, out),
        }
    }
    if let Some(first) = others {
        let message = format!("{} other whole documents: the last one counts", problems.count(first.kind));
        let expected = input.argv().is_some_and(|argv| argv.iter().any(|arg| arg.starts_with("--status-interval")));
        let say = if expected { Diagnostic::note } else { Diagnostic::warning };
        out.diagnose(say(code::SEVERAL_DOCUMENTS, message).at(input.stream(), shifted(first.span, input)));
    }
}

fn one(problem: Problem, input: &Input<'_>, out: &mut MetricSink) {
    let token = input.text().as_str().get(problem.span.start..problem.span.end).unwrap_or_default();
    let (code, message) = match problem.kind {
        ProblemKind::DuplicateKey { first } => {
            ignore_member(first, input, out);
            // fio 2.x fills its list of percentiles up with the key "0.00".
            if token == "0.00" {
                return;
            }
            (code::DUPLICATE_KEY, format!("`{token}` stands twice in one object: the last counts"))
        }
        ProblemKind::TrailingComma => (code::LENIENT_JSON, "a comma before a closing bracket".to_owned()),
        ProblemKind::UnescapedQuote => (code::LENIENT_JSON, "a quote in a string is not escaped".to_owned()),
        ProblemKind::Malformed { expected } => (code::MALFORMED, format!("expected {expected}")),
        ProblemKind::OtherIncomplete | ProblemKind::Fragment => {
            (code::TRUNCATED, "a part of another document is not read".to_owned())
        }
        // The metric that has no value says so itself, and the end of the reading is an error of its own.
        ProblemKind::NotFinite | ProblemKind::TooLarge | ProblemKind::Broken { .. } | ProblemKind::Truncated => return,
        _ => (code::MALFORMED, "something that is not JSON".to_owned()),
    };
    out.diagnose(Diagnostic::warning(code, message).at(input.stream(), shifted(problem.span, input)));
}

/// The member of which `key` is the key does not count.
fn ignore_member(key: Span, input: &Input<'_>, out: &mut MetricSink) {
    let rest = input.text().as_str().get(key.start..).unwrap_or_default();
    let member = &rest[..rest.find([',', '}', '\n']).unwrap_or(rest.len())];
    if !member.contains(['{', '[']) {
        out.ignore(member, "an earlier member of the same key");
    }
}

fn shifted(span: Span, input: &Input<'_>) -> Span {
    let offset = input.text().offset();
    Span::new(span.start + offset, span.end + offset)
}
