//! The XML reporter, an element a line: `catch_reporter_xml.cpp`. Its times are nanoseconds.

use prill_core::scan::{Search, unit};
use prill_core::{MetricSink, Text};

use crate::put::Benchmark;

pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("<Catch name=") || line.starts_with("<Catch2TestRun ")
}

/// Whether the text is Catch2's, and whether it is cut.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> (bool, bool) {
    let mut groups: Vec<String> = Vec::new();
    let mut benchmark = Benchmark::default();
    let mut whole = false;
    for line in text.lines() {
        let element = line.trimmed();
        out.ignore(line.text, "setting, place in the source or total");
        whole |= element.starts_with("</Catch");
        let Some((name, attributes)) = element.strip_prefix('<').and_then(|e| e.split_once([' ', '>'])) else { continue };
        if !element.ends_with('>') {
            continue;
        }
        let get = |key: &str| attribute(attributes, key);
        match name {
            "TestCase" | "Section" => groups.push(get("name").map(unescaped).unwrap_or_default()),
            "/TestCase" | "/Section" => drop(groups.pop()),
            "BenchmarkResults" => {
                benchmark =
                    Benchmark { name: get("name").map(unescaped).unwrap_or_default(), group: groups.join(" > "), samples: None };
                if let (Some(samples), Some(iterations)) = (get("samples"), get("iterations")) {
                    benchmark.counts(samples, iterations, out);
                }
                get("estimatedDuration").into_iter().for_each(|token| benchmark.expected((token, unit::NS), out));
            }
            "mean" | "standardDeviation" => {
                let stat = if name == "mean" { "mean" } else { "stddev" };
                for (key, bound) in [("value", None), ("lowerBound", Some("low")), ("upperBound", Some("high"))] {
                    get(key).into_iter().for_each(|token| benchmark.time(stat, bound, (token, unit::NS), out));
                }
            }
            "outliers" => {
                get("variance").into_iter().for_each(|token| benchmark.outlier_variance(token, out));
                let kinds = [
                    ("lowMild", "low mild"),
                    ("lowSevere", "low severe"),
                    ("highMild", "high mild"),
                    ("highSevere", "high severe"),
                ];
                for (key, kind) in kinds {
                    get(key).into_iter().for_each(|token| benchmark.outliers(kind, token, out));
                }
            }
            "failed" => out.tool_failed(element, format!("{} failed: {}", benchmark.name, get("message").unwrap_or_default())),
            "OverallResult" if get("success") == Some("false") => {
                out.tool_failed(element, format!("a test case failed, says Catch2: {}", groups.join(" > ")));
            }
            _ => {}
        }
    }
    (true, !whole)
}

/// The value of the attribute `key` in ` name="fib" samples="5"`.
fn attribute<'t>(attributes: &'t str, key: &str) -> Option<&'t str> {
    let mut rest = attributes;
    loop {
        let (name, after) = rest.cut("=\"")?;
        let (value, after) = after.split_once('"')?;
        if name.trim() == key {
            return Some(value);
        }
        rest = after;
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}
