//! JUnit's XML, as Jenkins' xunit plugin describes it (`junit-10.xsd`): a suite for each test binary of a run, a case for each
//! record. Metrics are its output, a line each: the schema has properties for suites only.

use std::io::{self, Write};
use std::time::Duration;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::row::name;
use crate::model::{Record, State};

/// The cases of one test binary in one run.
struct Suite<'a> {
    key: (&'a str, &'a str),
    records: Vec<&'a Record>,
}

pub(super) fn write(records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    let mut suites: Vec<Suite<'_>> = Vec::new();
    for record in records {
        let key = (record.identity.run.as_str(), record.identity.binary.as_str());
        match suites.iter_mut().find(|suite| suite.key == key) {
            Some(suite) => suite.records.push(record),
            None => suites.push(Suite { key, records: vec![record] }),
        }
    }
    let mut writer = Writer::new_with_indent(out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all: Vec<&Record> = records.iter().collect();
    let [tests, failures, errors, _] = counts(&all);
    let [tests, failures, errors] = [tests, failures, errors].map(|count| count.to_string());
    let attributes = [("name", "prill"), ("tests", &*tests), ("failures", &*failures), ("errors", &*errors)];
    let element = writer.create_element("testsuites").with_attributes(attributes);
    element.write_inner_content(|writer| suites.iter().try_for_each(|suite| write_suite(suite, writer)))?;
    writer.into_inner().write_all(b"\n")
}

fn write_suite<W: Write>(suite: &Suite<'_>, writer: &mut Writer<W>) -> io::Result<()> {
    let [tests, failures, errors, skipped] = counts(&suite.records).map(|count| count.to_string());
    let attributes = [
        ("name", suite.key.1),
        ("tests", &*tests),
        ("failures", &*failures),
        ("errors", &*errors),
        ("skipped", &*skipped),
        ("id", suite.key.0),
    ];
    let element = writer.create_element("testsuite").with_attributes(attributes);
    element.write_inner_content(|writer| suite.records.iter().try_for_each(|record| case(record, writer)))?;
    Ok(())
}

/// All, those that failed, those that crashed, those that were skipped.
fn counts(records: &[&Record]) -> [usize; 4] {
    let of = |wanted: &str| records.iter().filter(|record| kind(record) == Some(wanted)).count();
    [records.len(), of("failure"), of("error"), of("skipped")]
}

/// The element that says what became of a case; none of one that passed.
fn kind(record: &Record) -> Option<&'static str> {
    match (record.state, record.verdict.as_str()) {
        (State::Crashed, _) => Some("error"),
        (_, "passed") => None,
        (_, "skipped") => Some("skipped"),
        _ => Some("failure"),
    }
}

fn case<W: Write>(record: &Record, writer: &mut Writer<W>) -> io::Result<()> {
    let (name, time) = (name(record), format!("{:.3}", time(record).as_secs_f64()));
    let attributes = [("name", &*name), ("classname", &*record.identity.binary), ("time", &*time)];
    let element = writer.create_element("testcase").with_attributes(attributes);
    element.write_inner_content(|writer| {
        if let Some(kind) = kind(record) {
            outcome(kind, record, writer)?;
        }
        let metrics = metrics(record);
        if !metrics.is_empty() {
            writer.create_element("system-out").write_text_content(BytesText::new(&metrics))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn outcome<W: Write>(kind: &str, record: &Record, writer: &mut Writer<W>) -> io::Result<()> {
    let said = reasons(record);
    let message = said.lines().next().unwrap_or(&record.verdict);
    if kind == "skipped" {
        writer.create_element(kind).with_attribute(("message", message)).write_empty()?;
    } else {
        // The type is for programs: inconclusive is no failure of what was measured.
        let what = if kind == "error" { "crashed" } else { &record.verdict };
        let element = writer.create_element(kind).with_attributes([("message", message), ("type", what)]);
        element.write_text_content(BytesText::new(&said))?;
    }
    Ok(())
}

/// The metrics, a line each.
fn metrics(record: &Record) -> String {
    let mut text = String::new();
    for (number, result) in (1..).zip(&record.results) {
        let which = if record.results.len() > 1 { format!("{number}: ") } else { String::new() };
        for metric in &result.metrics {
            let line = format!("{which}{} = {} {}", metric.identity(), metric.value, metric.unit.as_deref().unwrap_or_default());
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    plain(&text)
}

/// What went wrong, a line each.
fn reasons(record: &Record) -> String {
    let checks = record.results.iter().flat_map(|result| &result.checks).chain(&record.checks);
    let mut lines: Vec<String> = record.error.iter().cloned().collect();
    for check in checks.filter(|check| check.verdict == record.verdict) {
        let line = format!("{}: {}", check.check, check.reason);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    plain(&lines.join("\n"))
}

/// Without what XML 1.0 has no way to write (section 2.2).
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).collect()
}

fn time(record: &Record) -> Duration {
    let parse = |text: &str| humantime::parse_rfc3339(text).ok();
    let ended = record.ended.as_deref().and_then(parse);
    ended.zip(parse(&record.started)).and_then(|(ended, started)| ended.duration_since(started).ok()).unwrap_or_default()
}
